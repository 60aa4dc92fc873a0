import {
  PREFERENCE_FIELDS,
  type PreferenceField,
  type PreferenceOrigin,
  type Preferences,
  type PreferencesInput,
  type PreferenceValues,
} from '#libs/contracts/index.js';
import type { CustomerDocument, StoredWish, StoredWishes } from '#libs/persistence/schemas/routing/customers.js';

type StatedAndLearned = Pick<CustomerDocument, 'stated' | 'learned'>;

interface ValidPreference {
  readonly field: PreferenceField;
  readonly provenance: PreferenceOrigin['provenance'];
  readonly wish: StoredWish;
}

const isValid = (wish: StoredWish | undefined, now: Date): wish is StoredWish =>
  wish !== undefined && (wish.expiresAt === undefined || wish.expiresAt > now);

/** The valid preference of each field: the stated one, else the learned one, unless expired. */
export function listValidPreferences({ stated, learned }: StatedAndLearned, now: Date): ValidPreference[] {
  return PREFERENCE_FIELDS.flatMap((field): ValidPreference[] => {
    const statedWish = stated[field];
    if (isValid(statedWish, now)) return [{ field, provenance: 'stated', wish: statedWish }];
    const learnedWish = learned[field];
    return isValid(learnedWish, now) ? [{ field, provenance: 'learned', wish: learnedWish }] : [];
  });
}

/** The values of the valid preferences. */
export function toPreferenceValues(customer: StatedAndLearned, now: Date): PreferenceValues {
  return Object.fromEntries(listValidPreferences(customer, now).map(({ field, wish }) => [field, wish.value]));
}

/** Converts a customer's preferences to their public representation. */
export function toPreferences(customer: CustomerDocument, now: Date): Preferences {
  return {
    customerId: customer._id,
    values: toPreferenceValues(customer, now),
    origins: listValidPreferences(customer, now).map(({ field, provenance, wish }) => ({
      field,
      provenance,
      source: wish.source,
      confidence: wish.confidence,
      setAt: wish.setAt.toISOString(),
      ...(wish.expiresAt === undefined ? {} : { expiresAt: wish.expiresAt.toISOString() }),
    })),
    revision: customer.revision,
  };
}

/** Adds newly stated preferences to those stated before. Fields that are absent stay unchanged. */
export function withStatedPreferences(
  before: StoredWishes,
  { source = 'partner', expiresAt, ...values }: PreferencesInput,
  now: Date,
): StoredWishes {
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
  return { ...before, ...Object.fromEntries(stated) } as StoredWishes;
}

/** Removes the preference, or the evidence, of one field. */
export function withoutPreference<W extends object, F extends PreferenceField>(wishes: W, field: F): Omit<W, F> {
  const { [field]: _removed, ...rest } = wishes as W & Record<F, unknown>;
  return rest;
}
