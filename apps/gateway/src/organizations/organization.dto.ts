import {
  EARLY_HANG_UP_DESCRIPTION,
  ChoiceField,
  DAY_OFF,
  EARLY_HANG_UP_CHOICES,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  OrganizationProfile,
  PhoneField,
  TextField,
  TextListField,
  TimeZoneField,
  type EarlyHangUpChoice,
} from '#libs/contracts/index.js';
import { DEFAULT_EARLY_HANG_UP_CHOICE } from '#libs/domain/call-timing/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/gateway/organizations.js';
import { Problem } from '../problems/problems.module.js';
import { EMAIL } from '../users/users.module.js';

/** How long recordings are kept until an organization sets its own retention. */
export const DEFAULT_RETENTION_DAYS = 90;

class FirstAdmin {
  @TextField(EMAIL) email!: string;
  @TextField({ max: 120 }) name!: string;
}

/** Calls are placed only from 08:00 to 21:00, even if an organization sets longer hours: see the calling rules. */
export class OrganizationInput {
  @TextField({ max: 120 }) name!: string;
  @TimeZoneField() zone!: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true }) dispatcherPhone?: string;
  @ObjectField(() => FirstAdmin, { optional: true, description: 'The person to invite as the first administrator.' })
  admin?: FirstAdmin;
}

const DAYS_OFF_DESCRIPTION = 'Days without calls, in addition to those required by law, in the customer’s time zone.';
const RETENTION_DESCRIPTION = 'How many days recordings are kept. Applies to calls requested from now on.';
const NOT_USED_YET_DESCRIPTION =
  'Stored and published to the other apps with each change. No app acts on it yet, so it has no effect.';

class FeatureChanges {
  @FlagField({
    optional: true,
    description: 'Ask customers whether the call may be recorded. If false, no call is recorded.',
  })
  recordCalls?: boolean;
  @FlagField({
    optional: true,
    description: 'Ask for access codes in a separate question, and pause the recording during the answer.',
  })
  pauseForCodes?: boolean;
  @FlagField({ optional: true, description: NOT_USED_YET_DESCRIPTION }) transcribe?: boolean;
  @FlagField({ optional: true, description: 'Ask customers by text if no call reaches them.' }) smsFallback?: boolean;
  @IntegerField({ optional: true, min: 0, max: 50, description: NOT_USED_YET_DESCRIPTION }) holdoutPercent?: number;
}

export class OrganizationChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @TimeZoneField({ optional: true }) zone?: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true, nullable: true, description: '`null` removes it.' }) dispatcherPhone?: string | null;
  @TextListField({ ...DAY_OFF, optional: true, description: DAYS_OFF_DESCRIPTION }) daysOff?: string[];
  @ChoiceField(EARLY_HANG_UP_CHOICES, { optional: true, description: EARLY_HANG_UP_DESCRIPTION })
  afterEarlyHangUp?: EarlyHangUpChoice;
  @IntegerField({ optional: true, min: 1, max: 3650, description: RETENTION_DESCRIPTION })
  recordingRetentionDays?: number;
  @ObjectField(() => FeatureChanges, { optional: true }) features?: FeatureChanges;
}

export class Organization extends OrganizationProfile {
  @InstantField() createdAt!: string;
  @IntegerField({ min: 1 }) revision!: number;
}

class FirstInvitation {
  @IdField() invitationId!: string;
  @TextField({ max: 200, description: 'Shown only once; valid for seven days.' }) token!: string;
}

export class AdmittedOrganization extends Organization {
  @IdField() keyId!: string;
  @TextField({ max: 200, description: 'The administrator’s API key, shown only once.' }) apiKey!: string;
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

/** Maps an organization to the profile that other apps receive. */
export function toProfile(
  organization: Omit<OrganizationDocument, 'organizationId' | 'revision' | 'sequence'>,
): OrganizationProfile {
  const {
    _id: organizationId,
    name,
    zone,
    maxAttemptsPerDelivery,
    callsFromMinute,
    callsUntilMinute,
    dispatcherPhone,
    daysOff = [],
    afterEarlyHangUp = DEFAULT_EARLY_HANG_UP_CHOICE,
    recordingRetentionDays = DEFAULT_RETENTION_DAYS,
    features,
  } = organization;
  return {
    organizationId,
    name,
    zone,
    maxAttemptsPerDelivery,
    callsFromMinute,
    callsUntilMinute,
    ...(dispatcherPhone === undefined ? {} : { dispatcherPhone }),
    daysOff: [...daysOff],
    afterEarlyHangUp,
    recordingRetentionDays,
    features,
  };
}

export function toOrganization(organization: OrganizationDocument): Organization {
  const { createdAt, revision } = organization;
  return { ...toProfile(organization), createdAt: createdAt.toISOString(), revision };
}

/** @throws Problem 400 unless `callsUntilMinute` is after `callsFromMinute` */
export function assertCallingHours({
  callsFromMinute,
  callsUntilMinute,
}: Pick<OrganizationProfile, 'callsFromMinute' | 'callsUntilMinute'>): void {
  if (callsUntilMinute > callsFromMinute) return;
  const message = 'callsUntilMinute must be after callsFromMinute';
  throw Problem.invalid([{ path: 'callsUntilMinute', message }]);
}
