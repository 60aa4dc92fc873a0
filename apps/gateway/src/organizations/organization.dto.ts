import {
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  OrganizationFeatures,
  OrganizationProfile,
  PhoneField,
  TextField,
  TimeZoneField,
} from '#libs/contracts/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/organizations.js';
import { Problem } from '../http/problem.js';
import { EMAIL } from '../users/user.dto.js';

class FirstAdmin {
  @TextField(EMAIL) email!: string;
  @TextField({ max: 120 }) name!: string;
}

/** Calls from 08:00 to 21:00 at most, whatever an organisation asks for: see the calling rules. */
export class OrganizationInput {
  @TextField({ max: 120 }) name!: string;
  @TimeZoneField() zone!: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true }) dispatcherPhone?: string;
  @ObjectField(() => FirstAdmin, { optional: true, description: 'Is invited as the first administrator.' })
  admin?: FirstAdmin;
}

const STORED_ONLY =
  'Kept, and told to the other apps with each change; no app acts on it yet, so it changes nothing by itself.';

class FeatureChanges {
  @FlagField({ optional: true, description: STORED_ONLY }) recordCalls?: boolean;
  @FlagField({ optional: true, description: STORED_ONLY }) transcribe?: boolean;
  @FlagField({ optional: true, description: STORED_ONLY }) smsFallback?: boolean;
  @IntegerField({ optional: true, min: 0, max: 50, description: STORED_ONLY }) holdoutPercent?: number;
}

export class OrganizationChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @TimeZoneField({ optional: true }) zone?: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true, nullable: true, description: '`null` for none.' }) dispatcherPhone?: string | null;
  @ObjectField(() => FeatureChanges, { optional: true }) features?: FeatureChanges;
}

export class Organization extends OrganizationProfile {
  @ObjectField(() => OrganizationFeatures, { description: STORED_ONLY }) features!: OrganizationFeatures;
  @InstantField() createdAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

class FirstInvitation {
  @IdField() invitationId!: string;
  @TextField({ max: 200, description: 'Shown this once; good for seven days.' }) token!: string;
}

export class AdmittedOrganization extends Organization {
  @IdField() keyId!: string;
  @TextField({ max: 200, description: 'The administrator’s key, shown this once.' }) apiKey!: string;
  @ObjectField(() => FirstInvitation, { optional: true }) invitation?: FirstInvitation;
}

export class OrganizationPage {
  @ObjectListField(() => Organization, { maxItems: 200 }) items!: Organization[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class OrganizationsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** What other apps may know. */
export function toProfile(organization: OrganizationDocument): OrganizationProfile {
  const {
    _id: organizationId,
    name,
    zone,
    maxAttemptsPerDelivery,
    callsFromMinute,
    callsUntilMinute,
    dispatcherPhone,
  } = organization;
  return {
    organizationId,
    name,
    zone,
    maxAttemptsPerDelivery,
    callsFromMinute,
    callsUntilMinute,
    ...(dispatcherPhone === undefined ? {} : { dispatcherPhone }),
  };
}

export function toOrganization(organization: OrganizationDocument): Organization {
  const { features, createdAt, revision } = organization;
  return { ...toProfile(organization), features, createdAt: createdAt.toISOString(), revision };
}

/** @throws Problem 400 when no minute of the day is left to call in */
export function assertCallingHours({
  callsFromMinute,
  callsUntilMinute,
}: Pick<OrganizationProfile, 'callsFromMinute' | 'callsUntilMinute'>): void {
  if (callsUntilMinute > callsFromMinute) return;
  const message = 'callsUntilMinute must be after callsFromMinute';
  throw Problem.invalid([{ path: 'callsUntilMinute', message }]);
}
