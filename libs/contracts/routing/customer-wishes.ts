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
export const PREFERENCE_FIELDS = [
  'language',
  'callWindows',
  'preferredHours',
  'channel',
  'safePlace',
  'notes',
] as const;
export type PreferenceField = (typeof PREFERENCE_FIELDS)[number];
export const CONTACT_CHANNELS = ['voice', 'text'] as const;
export { WEEKDAYS };
/** `stated` by the customer, or by the partner for them; `learned` from what they said in calls. Stated beats learned. */
export const PROVENANCES = ['stated', 'learned'] as const;
/** Who said so. */
export const WISH_SOURCES = ['customer', 'partner', 'call'] as const;
export type WishSource = (typeof WISH_SOURCES)[number];

/** Hours that come again, on the customer's own clock. */
export class LocalHours {
  @ChoiceField(WEEKDAYS, { optional: true, description: 'Absent: every day.' }) day?: Weekday;
  @TextField(TIME_OF_DAY) from!: string;
  @TextField(TIME_OF_DAY) until!: string;
}

export class PreferredPlace {
  @ChoiceField(SAFE_PLACES) place!: (typeof SAFE_PLACES)[number];
  @TextField({ optional: true, max: 500 }) text?: string;
}

/** What a customer wishes, without where it comes from. */
export class PreferenceValues {
  @ChoiceField(LANGUAGES, { optional: true }) language?: Language;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 20, description: 'Once, for calls.' })
  callWindows?: TimeWindow[];
  @ObjectListField(() => LocalHours, { optional: true, maxItems: 14, description: 'Every week, for calls.' })
  preferredHours?: LocalHours[];
  @ChoiceField(CONTACT_CHANNELS, {
    optional: true,
    description: '`text`: they are not rung. Deliveries go on without an answer.',
  })
  channel?: (typeof CONTACT_CHANNELS)[number];
  @ObjectField(() => PreferredPlace, { optional: true }) safePlace?: PreferredPlace;
  @TextField({ optional: true, max: 1000 }) notes?: string;
}

/** Wishes stated for a customer; a field left out stays as it is. */
export class PreferencesInput extends PreferenceValues {
  @ChoiceField(['customer', 'partner'], { optional: true, description: 'Who says so; by default the partner.' })
  source?: 'customer' | 'partner';
  @InstantField({ optional: true, description: 'When these fields stop to count.' }) expiresAt?: string;
}

/** Where the value of a field comes from. */
export class PreferenceOrigin {
  @ChoiceField(PREFERENCE_FIELDS) field!: PreferenceField;
  @ChoiceField(PROVENANCES) provenance!: (typeof PROVENANCES)[number];
  @ChoiceField(WISH_SOURCES) source!: WishSource;
  @NumberField({ min: 0, max: 1 }) confidence!: number;
  @InstantField() setAt!: string;
  @InstantField({ optional: true }) expiresAt?: string;
}

/** What counts now, and where each field comes from. */
export class Preferences {
  @IdField() customerId!: string;
  @ObjectField(() => PreferenceValues) values!: PreferenceValues;
  @ObjectListField(() => PreferenceOrigin, { maxItems: 6 }) origins!: PreferenceOrigin[];
  /** Of the customer, whose part this is. */
  @IntegerField({ min: 1 }) revision!: number;
}

export class ConsentInput {
  @ChoiceField(LEGAL_BASES, {
    description: '`delivery_notice` takes consent back: what is left is a notice about a parcel, within its limits.',
  })
  legalBasis!: LegalBasis;
  @InstantField({ optional: true, description: 'When it was given or taken back; by default now.' })
  grantedAt?: string;
  @ChoiceField(WISH_SOURCES) source!: WishSource;
  @TextField({ optional: true, max: 2000, description: 'What proves it.' }) evidence?: string;
}

export class ConsentRecord {
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  @InstantField() grantedAt!: string;
  @ChoiceField(WISH_SOURCES) source!: WishSource;
  @TextField({ optional: true, max: 2000 }) evidence?: string;
  @InstantField() recordedAt!: string;
}

/** On what ground the customer may be called, and everything said about it before. */
export class Consent {
  @IdField() customerId!: string;
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  @ObjectListField(() => ConsentRecord, { maxItems: 1000, description: 'Newest first.' }) history!: ConsentRecord[];
  /** Of the customer, whose part this is. */
  @IntegerField({ min: 1 }) revision!: number;
}

export class DoNotCallInput {
  @FlagField() doNotCall!: boolean;
  @TextField({ max: 500 }) reason!: string;
  @ChoiceField(WISH_SOURCES) source!: WishSource;
  @ObjectField(() => ConsentInput, { optional: true, description: 'Needed to lift it: the customer’s new consent.' })
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
  summary: 'What a customer wishes, and where each wish comes from.',
});

export const PutPreferencesRpc = defineCommand({
  subject: 'rpc.routing.customer.put-preferences.v1',
  request: PutPreferencesRequest,
  reply: Preferences,
  callers: ['gateway'],
  summary: 'States wishes of a customer; they beat learned ones and count for planned calls at once.',
});

export const DeletePreferenceRpc = defineCommand({
  subject: 'rpc.routing.customer.delete-preference.v1',
  request: DeletePreferenceRequest,
  reply: Preferences,
  callers: ['gateway'],
  summary: 'Forgets one wish of a customer, stated and learned.',
});

export const GetConsentRpc = defineQuery({
  subject: 'rpc.routing.customer.consent.v1',
  request: GetPreferencesRequest,
  reply: Consent,
  callers: ['gateway'],
  summary: 'On what ground a customer may be called, with its history.',
});

export const PutConsentRpc = defineCommand({
  subject: 'rpc.routing.customer.put-consent.v1',
  request: PutConsentRequest,
  reply: Consent,
  callers: ['gateway'],
  summary: 'Records that a customer consents to calls or takes that back; planned calls follow at once.',
});

export const SetDoNotCallRpc = defineCommand({
  subject: 'rpc.routing.customer.set-do-not-call.v1',
  request: SetDoNotCallRequest,
  reply: Customer,
  errors: ['consent_required'],
  callers: ['gateway'],
  summary: 'Opts a customer out of all calls and messages at once, or in again by a new consent.',
});
