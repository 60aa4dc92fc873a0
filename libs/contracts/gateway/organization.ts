import { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice } from '#libs/domain/call-timing/call-timing.values.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  ObjectField,
  PhoneField,
  TextField,
  TextListField,
  TimeZoneField,
} from '../fields/index.js';
import { defineEvent, defineQuery } from '../kernel/index.js';

/** Days on which nobody is called: a day of the week, a date, or a date of every year. */
export const DAY_OFF = {
  maxItems: 100,
  item: {
    max: 10,
    pattern:
      /^(monday|tuesday|wednesday|thursday|friday|saturday|sunday|(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$/,
    patternMeaning: 'a day of the week such as sunday, a date such as 2026-11-26, or one of every year such as 12-25',
  },
} as const;

export { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice };

export const AFTER_EARLY_HANG_UP =
  'What is done about a customer who hangs up during the first words of a call, before they answered anything. ' +
  '`another_day`: one more call, on another day at the earliest; where no lawful hour of another day is left before `decideBy`, none. ' +
  '`later_once`: one more call, four hours later at the earliest, on the same day too. ' +
  '`text`: no further call; the customer is asked by text if `features.smsFallback` is on. ' +
  '`no_more_calls`: no further call, and no text that asks. ' +
  'After a hang-up one more call rings at most for the delivery, whatever comes of it; it counts toward all caps. ' +
  'Where none follows, the customer is asked by text as one whom no call reached, except with `no_more_calls`. ' +
  'Counts from the next planning of a call; a dispatcher may still start one.';

/** What an organisation wants switched on. Told with every change; each app that acts on one says so where it does. */
export class OrganizationFeatures {
  @FlagField({ description: 'Ask whether a call may be recorded. Without it none is.' }) recordCalls!: boolean;
  @FlagField({
    optional: true,
    description: 'Ask for codes of gates and doors by themselves, and pause the recording while they are told.',
  })
  pauseForCodes?: boolean;
  @FlagField() transcribe!: boolean;
  @FlagField() smsFallback!: boolean;
  /** Of a hundred deliveries, so many are not called about, so that what calling is worth can be measured. */
  @IntegerField({ min: 0, max: 50 }) holdoutPercent!: number;
}

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
  /** Beside the law's. */
  @TextListField(DAY_OFF) daysOff!: string[];
  /** Absent in what an earlier version of the gateway tells: then the default counts. */
  @ChoiceField(EARLY_HANG_UP_CHOICES, { optional: true, description: AFTER_EARLY_HANG_UP })
  afterEarlyHangUp?: EarlyHangUpChoice;
  /** How long recordings of calls are kept. */
  @IntegerField({ min: 1, max: 3650 }) recordingRetentionDays!: number;
  @ObjectField(() => OrganizationFeatures) features!: OrganizationFeatures;
}

export class OrganizationUpdatedPayload extends OrganizationProfile {
  /** Names of the fields that are not what they were. */
  @TextListField({ maxItems: 20, item: { max: 60 } }) changed!: string[];
}

export class GetOrganizationRequest {
  @IdField() organizationId!: string;
}

export const OrganizationCreated = defineEvent({
  subject: 'gateway.organization.created.v1',
  payload: OrganizationProfile,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'An organisation joined; routing keeps its calling policy.',
});

export const OrganizationUpdated = defineEvent({
  subject: 'gateway.organization.updated.v1',
  payload: OrganizationUpdatedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'An organisation’s profile or features changed; routing plans by the new calling policy from then on.',
});

export const GetOrganizationRpc = defineQuery({
  subject: 'rpc.gateway.organization.get.v1',
  request: GetOrganizationRequest,
  reply: OrganizationProfile,
  callers: ['routing'],
  summary: 'One organisation’s profile, for an app whose copy has not arrived yet.',
});
