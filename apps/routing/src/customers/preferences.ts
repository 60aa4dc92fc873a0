import {
  PREFERENCE_FIELDS,
  type PreferenceField,
  type PreferenceOrigin,
  type Preferences,
  type PreferencesInput,
  type PreferenceValues,
} from '#libs/contracts/index.js';
import type {
  CustomerDocument,
  StoredPreference,
  StoredPreferences,
} from '#libs/persistence/schemas/routing/customers.js';

type StatedAndLearned = Pick<CustomerDocument, 'stated' | 'learned'>;

interface ValidPreference {
  readonly field: PreferenceField;
  readonly provenance: PreferenceOrigin['provenance'];
  readonly preference: StoredPreference;
}

const isValid = (preference: StoredPreference | undefined, now: Date): preference is StoredPreference =>
  preference !== undefined && (preference.expiresAt === undefined || preference.expiresAt > now);

/**
 * Lists the valid preference of each field: the stated one, or the learned one if no valid one is stated. Expired
 * preferences are not valid.
 */
export function listValidPreferences({ stated, learned }: StatedAndLearned, now: Date): ValidPreference[] {
  return PREFERENCE_FIELDS.flatMap((field): ValidPreference[] => {
    const statedPreference = stated[field];
    if (isValid(statedPreference, now)) return [{ field, provenance: 'stated', preference: statedPreference }];
    const learnedPreference = learned[field];
    return isValid(learnedPreference, now) ? [{ field, provenance: 'learned', preference: learnedPreference }] : [];
  });
}

/** Returns the values of the valid preferences, by field. */
export function toPreferenceValues(customer: StatedAndLearned, now: Date): PreferenceValues {
  return Object.fromEntries(
    listValidPreferences(customer, now).map(({ field, preference }) => [field, preference.value]),
  );
}

/** Converts a customer's preferences to their public representation. */
export function toPreferences(customer: CustomerDocument, now: Date): Preferences {
  return {
    customerId: customer._id,
    values: toPreferenceValues(customer, now),
    origins: listValidPreferences(customer, now).map(({ field, provenance, preference }) => ({
      field,
      provenance,
      source: preference.source,
      confidence: preference.confidence,
      setAt: preference.setAt.toISOString(),
      ...(preference.expiresAt === undefined ? {} : { expiresAt: preference.expiresAt.toISOString() }),
    })),
    revision: customer.revision,
  };
}

/** Adds newly stated preferences to those stated before. Fields without a new preference keep the previous one. */
export function withStatedPreferences(
  before: StoredPreferences,
  { source = 'partner', expiresAt, ...values }: PreferencesInput,
  now: Date,
): StoredPreferences {
  const stated = PREFERENCE_FIELDS.filter((field) => values[field] !== undefined).map((field) => [
    field,
    {
      value: values[field],
      source,
      confidence: 1,
      setAt: now,
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }),
    },
  ]);
  return { ...before, ...Object.fromEntries(stated) } as StoredPreferences;
}

/** Returns stated preferences, learned preferences or evidence without the given field. */
export function withoutPreference<W extends object, F extends PreferenceField>(byField: W, field: F): Omit<W, F> {
  const { [field]: _removed, ...rest } = byField as W & Record<F, unknown>;
  return rest;
}
