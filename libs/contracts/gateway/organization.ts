import { IdField, IntegerField, PhoneField, TextField, TimeZoneField } from '../fields/index.js';
import { defineEvent, defineQuery } from '../kernel/index.js';

/** What other apps may know of an organisation. */
export class OrganizationProfile {
  @IdField() organizationId!: string;
  /** As it is spoken in the greeting. */
  @TextField({ max: 120 }) name!: string;
  @TimeZoneField() zone!: string;
  /** Calls a customer may be given for one delivery, over all days. */
  @IntegerField({ min: 1, max: 10 }) maxAttemptsPerDelivery!: number;
  /** Narrower than the law allows, in minutes after local midnight. */
  @IntegerField({ min: 0, max: 1440 }) callsFromMinute!: number;
  @IntegerField({ min: 0, max: 1440 }) callsUntilMinute!: number;
  @PhoneField({ optional: true }) dispatcherPhone?: string;
}

export class GetOrganizationRequest {
  @IdField() organizationId!: string;
}

export const OrganizationCreated = defineEvent({
  subject: 'gateway.organization.created.v1',
  payload: OrganizationProfile,
  consumers: ['routing', 'analytics'],
  summary: 'An organisation joined; routing keeps its calling policy.',
});

export const GetOrganization = defineQuery({
  subject: 'rpc.gateway.organization.get.v1',
  request: GetOrganizationRequest,
  reply: OrganizationProfile,
  callers: ['routing'],
  summary: 'One organisation’s profile, for an app whose copy has not arrived yet.',
});
