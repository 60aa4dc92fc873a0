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

/** Field options of a list of days without calls: days of the week, dates, and dates that recur every year. */
export const DAY_OFF = {
  maxItems: 100,
  item: {
    max: 10,
    pattern:
      /^(monday|tuesday|wednesday|thursday|friday|saturday|sunday|(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$/,
    patternMeaning: 'a day of the week such as sunday, a date such as 2026-11-26, or a yearly date such as 12-25',
  },
} as const;

export { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice };

/** Description of the setting `earlyHangUp` in the API. */
export const EARLY_HANG_UP_DESCRIPTION =
  'What DelAuto does when a customer hangs up during the first words of a call, before answering anything. ' +
  '`another_day`: places one more call, on another day at the earliest, or none if no lawful hour of another day remains before `decideBy`. ' +
  '`later_once`: places one more call, at least four hours later, possibly on the same day. ' +
  '`text`: places no further call and asks the customer by text if `features.smsFallback` is on. ' +
  '`no_more_calls`: places no further call and sends no text that asks. ' +
  'After a hang-up, at most one more call rings for the delivery, whatever its outcome. That call counts toward every cap. ' +
  'If no call follows, the customer is asked by text like a customer whom no call reached, except with `no_more_calls`. ' +
  'The setting takes effect the next time a call is planned. A dispatcher can still start a call.';

/** Features that an organization can switch on. Every change is published with the complete set. */
export class OrganizationFeatures {
  @FlagField({ description: 'Ask customers whether the call may be recorded. If false, no call is recorded.' })
  recordCalls!: boolean;
  @FlagField({
    optional: true,
    description: 'Ask for gate and door codes in a separate question, and pause the recording during the answer.',
  })
  pauseForCodes?: boolean;
  @FlagField() transcribe!: boolean;
  @FlagField() smsFallback!: boolean;
  /** Percentage of deliveries whose customers are not called, so that the effect of calls can be measured. */
  @IntegerField({ min: 0, max: 50 }) holdoutPercent!: number;
}

/** The part of an organization that other apps receive. */
export class OrganizationProfile {
  @IdField() organizationId!: string;
  /** As spoken in the greeting of a call. */
  @TextField({ max: 120 }) name!: string;
  @TimeZoneField() zone!: string;
  /** Maximum number of calls to a customer for one delivery, over all days. */
  @IntegerField({ min: 1, max: 10 }) maxAttemptsPerDelivery!: number;
  /** Calling hours, which can narrow those that the law allows. Minutes after local midnight. */
  @IntegerField({ min: 0, max: 1440 }) callsFromMinute!: number;
  @IntegerField({ min: 0, max: 1440 }) callsUntilMinute!: number;
  @PhoneField({ optional: true }) dispatcherPhone?: string;
  /** Days on which the organization wants no calls, in addition to the days on which the law forbids them. */
  @TextListField(DAY_OFF) daysOff!: string[];
  /** Absent in events from earlier versions of the gateway. The default then applies. */
  @ChoiceField(EARLY_HANG_UP_CHOICES, { optional: true, description: EARLY_HANG_UP_DESCRIPTION })
  afterEarlyHangUp?: EarlyHangUpChoice;
  /** Retention period of the audio of calls. */
  @IntegerField({ min: 1, max: 3650 }) recordingRetentionDays!: number;
  @ObjectField(() => OrganizationFeatures) features!: OrganizationFeatures;
}

export class OrganizationUpdatedPayload extends OrganizationProfile {
  /** Names of the fields that changed. */
  @TextListField({ maxItems: 20, item: { max: 60 } }) changed!: string[];
}

export class GetOrganizationRequest {
  @IdField() organizationId!: string;
}

export const OrganizationCreated = defineEvent({
  subject: 'gateway.organization.created.v1',
  payload: OrganizationProfile,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'An organization was created. Routing stores its calling policy.',
});

export const OrganizationUpdated = defineEvent({
  subject: 'gateway.organization.updated.v1',
  payload: OrganizationUpdatedPayload,
  consumers: ['routing', 'analytics', 'gateway'],
  summary: 'The profile or features of an organization changed. Routing uses the new calling policy from then on.',
});

export const GetOrganizationRpc = defineQuery({
  subject: 'rpc.gateway.organization.get.v1',
  request: GetOrganizationRequest,
  reply: OrganizationProfile,
  callers: ['routing'],
  summary: 'Returns the profile of an organization, for an app that has not received its copy yet.',
});
