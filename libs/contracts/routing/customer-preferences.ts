import { WEEKDAYS, type Weekday } from '#libs/domain/time/weekday.values.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineQuery } from '../kernel/index.js';
import { LANGUAGES, SAFE_PLACES, TimeWindow, type Language } from '../values/index.js';
import { Customer, LEGAL_BASES, type LegalBasis } from './customer.js';

const TIME_OF_DAY = { max: 5, pattern: /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, patternMeaning: 'a time such as 18:30' };
/** The preferences that can be stated or learned. */
export const PREFERENCE_FIELDS = [
  'language',
  'callWindows',
  'preferredHours',
  'channel',
  'safePlace',
  'notes',
] as const;
export type PreferenceField = (typeof PREFERENCE_FIELDS)[number];
/** The channels by which a customer can be contacted. */
export const CONTACT_CHANNELS = ['voice', 'text'] as const;
export { WEEKDAYS };
/**
 * `stated`: given by the customer, or by the partner for them. `learned`: derived from what the customer said in calls.
 * A stated value takes precedence over a learned one.
 */
export const PROVENANCES = ['stated', 'learned'] as const;
/** The sources of a preference, a consent or an opt-out. */
export const STATEMENT_SOURCES = ['customer', 'partner', 'call'] as const;
export type StatementSource = (typeof STATEMENT_SOURCES)[number];

/** Recurring hours in the customer's local time. */
export class LocalHours {
  @ChoiceField(WEEKDAYS, {
    optional: true,
    description: 'The day of the week. If absent, the hours apply to every day.',
  })
  day?: Weekday;
  @TextField(TIME_OF_DAY) from!: string;
  @TextField(TIME_OF_DAY) until!: string;
}

/** The place where parcels may be left. */
export class PreferredPlace {
  @ChoiceField(SAFE_PLACES) place!: (typeof SAFE_PLACES)[number];
  @TextField({ optional: true, max: 500 }) text?: string;
}

/** The preferences of a customer, without their origins. */
export class PreferenceValues {
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  @ObjectListField(() => TimeWindow, {
    optional: true,
    maxItems: 20,
    description: 'Windows in which the customer prefers to be called. They do not recur.',
  })
  callWindows?: TimeWindow[];
  @ObjectListField(() => LocalHours, {
    optional: true,
    maxItems: 14,
    description: 'Weekly hours in which the customer prefers to be called.',
  })
  preferredHours?: LocalHours[];
  @ChoiceField(CONTACT_CHANNELS, {
    optional: true,
    description:
      'The preferred channel. With `text`, the customer is not called, and deliveries proceed without an answer.',
  })
  channel?: (typeof CONTACT_CHANNELS)[number];
  @ObjectField(() => PreferredPlace, { optional: true }) safePlace?: PreferredPlace;
  @TextField({ optional: true, max: 1000 }) notes?: string;
}

/** Preferences stated for a customer. Absent fields keep their values. */
export class PreferencesInput extends PreferenceValues {
  @ChoiceField(['customer', 'partner'], {
    optional: true,
    description: 'Who stated the preferences. Defaults to `partner`.',
  })
  source?: 'customer' | 'partner';
  @InstantField({ optional: true, description: 'When these fields stop applying.' }) expiresAt?: string;
}

/** The origin of a preference's value. */
export class PreferenceOrigin {
  @ChoiceField(PREFERENCE_FIELDS) field!: PreferenceField;
  @ChoiceField(PROVENANCES) provenance!: (typeof PROVENANCES)[number];
  @ChoiceField(STATEMENT_SOURCES) source!: StatementSource;
  @NumberField({ min: 0, max: 1 }) confidence!: number;
  @InstantField() setAt!: string;
  @InstantField({ optional: true }) expiresAt?: string;
}

/** The preferences that apply now, and the origin of each. */
export class Preferences {
  @IdField() customerId!: string;
  @ObjectField(() => PreferenceValues) values!: PreferenceValues;
  @ObjectListField(() => PreferenceOrigin, { maxItems: 6 }) origins!: PreferenceOrigin[];
  /** Revision of the customer, which this resource is part of. */
  @IntegerField({ min: 1 }) revision!: number;
}

/** The consent that a customer gives, or its withdrawal. */
export class ConsentInput {
  @ChoiceField(LEGAL_BASES, {
    description:
      'The legal basis for calls. `delivery_notice` withdraws consent: only notices about a parcel remain permitted, within their limits.',
  })
  legalBasis!: LegalBasis;
  @InstantField({ optional: true, description: 'When consent was given or withdrawn. Defaults to now.' })
  grantedAt?: string;
  @ChoiceField(STATEMENT_SOURCES) source!: StatementSource;
  @TextField({ optional: true, max: 2000, description: 'Evidence of the consent or its withdrawal.' })
  evidence?: string;
}

/** One recorded consent or withdrawal of consent. */
export class ConsentRecord {
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  @InstantField() grantedAt!: string;
  @ChoiceField(STATEMENT_SOURCES) source!: StatementSource;
  @TextField({ optional: true, max: 2000 }) evidence?: string;
  @InstantField() recordedAt!: string;
}

/** The legal basis on which the customer may be called, with its history. */
export class Consent {
  @IdField() customerId!: string;
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  @ObjectListField(() => ConsentRecord, {
    maxItems: 1000,
    description: 'Every recorded consent and withdrawal, newest first.',
  })
  history!: ConsentRecord[];
  /** Revision of the customer, which this resource is part of. */
  @IntegerField({ min: 1 }) revision!: number;
}

/** An opt-out from all calls and messages, or a new consent that ends it. */
export class DoNotCallInput {
  @FlagField() doNotCall!: boolean;
  @TextField({ max: 500 }) reason!: string;
  @ChoiceField(STATEMENT_SOURCES) source!: StatementSource;
  @ObjectField(() => ConsentInput, {
    optional: true,
    description: 'The customer’s new consent. Required to lift an opt-out.',
  })
  consent?: ConsentInput;
}

export class GetPreferencesRequest {
  @IdField() customerId!: string;
}

export class PutPreferencesRequest {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ObjectField(() => PreferencesInput) preferences!: PreferencesInput;
}

export class DeletePreferenceRequest {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ChoiceField(PREFERENCE_FIELDS) field!: PreferenceField;
}

export class PutConsentRequest {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ObjectField(() => ConsentInput) consent!: ConsentInput;
}

export class SetDoNotCallRequest extends DoNotCallInput {
  @IdField() customerId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export const GetPreferencesRpc = defineQuery({
  subject: 'rpc.routing.customer.preferences.v1',
  request: GetPreferencesRequest,
  reply: Preferences,
  callers: ['gateway'],
  summary: 'Returns the preferences of a customer and the origin of each.',
});

export const PutPreferencesRpc = defineCommand({
  subject: 'rpc.routing.customer.put-preferences.v1',
  request: PutPreferencesRequest,
  reply: Preferences,
  callers: ['gateway'],
  summary: 'Sets preferences of a customer. They take precedence over learned ones and apply to planned calls at once.',
});

export const DeletePreferenceRpc = defineCommand({
  subject: 'rpc.routing.customer.delete-preference.v1',
  request: DeletePreferenceRequest,
  reply: Preferences,
  callers: ['gateway'],
  summary: 'Deletes a preference of a customer, both the stated and the learned value.',
});

export const GetConsentRpc = defineQuery({
  subject: 'rpc.routing.customer.consent.v1',
  request: GetPreferencesRequest,
  reply: Consent,
  callers: ['gateway'],
  summary: 'Returns the legal basis on which a customer may be called, with its history.',
});

export const PutConsentRpc = defineCommand({
  subject: 'rpc.routing.customer.put-consent.v1',
  request: PutConsentRequest,
  reply: Consent,
  callers: ['gateway'],
  summary: 'Records that a customer consents to calls or withdraws consent. Planned calls are updated at once.',
});

export const SetDoNotCallRpc = defineCommand({
  subject: 'rpc.routing.customer.set-do-not-call.v1',
  request: SetDoNotCallRequest,
  reply: Customer,
  errors: ['consent_required'],
  callers: ['gateway'],
  summary: 'Opts a customer out of all calls and messages at once, or in again with a new consent.',
});
