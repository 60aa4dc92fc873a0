import {
  AFTER_EARLY_HANG_UP,
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

/** Until an organization says otherwise. */
export const DEFAULT_RETENTION_DAYS = 90;

class FirstAdmin {
  @TextField(EMAIL) email!: string;
  @TextField({ max: 120 }) name!: string;
}

/** Calls from 08:00 to 21:00 at most, whatever an organization asks for: see the calling rules. */
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

const NOBODY_CALLS = 'Days on which nobody is called, beside those of the law, in the customer’s zones.';
const KEPT_DAYS = 'How long recordings are kept. Counts for calls that are requested from then on.';
const STORED_ONLY =
  'Kept, and told to the other apps with each change; no app acts on it yet, so it changes nothing by itself.';

class FeatureChanges {
  @FlagField({ optional: true, description: 'Ask whether a call may be recorded. Without it none is.' })
  recordCalls?: boolean;
  @FlagField({
    optional: true,
    description: 'Ask for codes of gates and doors by themselves, and pause the recording while they are told.',
  })
  pauseForCodes?: boolean;
  @FlagField({ optional: true, description: STORED_ONLY }) transcribe?: boolean;
  @FlagField({ optional: true, description: 'Ask by text whom no call reaches.' }) smsFallback?: boolean;
  @IntegerField({ optional: true, min: 0, max: 50, description: STORED_ONLY }) holdoutPercent?: number;
}

export class OrganizationChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @TimeZoneField({ optional: true }) zone?: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true, nullable: true, description: '`null` for none.' }) dispatcherPhone?: string | null;
  @TextListField({ ...DAY_OFF, optional: true, description: NOBODY_CALLS }) daysOff?: string[];
  @ChoiceField(EARLY_HANG_UP_CHOICES, { optional: true, description: AFTER_EARLY_HANG_UP })
  afterEarlyHangUp?: EarlyHangUpChoice;
  @IntegerField({ optional: true, min: 1, max: 3650, description: KEPT_DAYS }) recordingRetentionDays?: number;
  @ObjectField(() => FeatureChanges, { optional: true }) features?: FeatureChanges;
}

export class Organization extends OrganizationProfile {
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

/** @throws Problem 400 when no minute of the day is left to call in */
export function assertCallingHours({
  callsFromMinute,
  callsUntilMinute,
}: Pick<OrganizationProfile, 'callsFromMinute' | 'callsUntilMinute'>): void {
  if (callsUntilMinute > callsFromMinute) return;
  const message = 'callsUntilMinute must be after callsFromMinute';
  throw Problem.invalid([{ path: 'callsUntilMinute', message }]);
}
