import {
  PREFERENCE_FIELDS,
  type PreferenceField,
  type PreferenceOrigin,
  type Preferences,
  type PreferencesInput,
  type PreferenceValues,
} from '#libs/contracts/index.js';
import type { CustomerDocument, StoredWish, StoredWishes } from '#libs/persistence/schemas/routing/customers.js';

type Wishes = Pick<CustomerDocument, 'stated' | 'learned'>;

interface CountingWish {
  readonly field: PreferenceField;
  readonly provenance: PreferenceOrigin['provenance'];
  readonly wish: StoredWish;
}

const counts = (wish: StoredWish | undefined, now: Date): wish is StoredWish =>
  wish !== undefined && (wish.expiresAt === undefined || wish.expiresAt > now);

/** By field, what counts now: what was stated, else what was learned; neither once it has expired. */
export function countingWishes({ stated, learned }: Wishes, now: Date): CountingWish[] {
  return PREFERENCE_FIELDS.flatMap((field): CountingWish[] => {
    const said = stated[field];
    if (counts(said, now)) return [{ field, provenance: 'stated', wish: said }];
    const heard = learned[field];
    return counts(heard, now) ? [{ field, provenance: 'learned', wish: heard }] : [];
  });
}

/** The values that count now. */
export function wishedValues(customer: Wishes, now: Date): PreferenceValues {
  return Object.fromEntries(countingWishes(customer, now).map(({ field, wish }) => [field, wish.value]));
}

/** A customer's wishes as others see them. */
export function toPreferences(customer: CustomerDocument, now: Date): Preferences {
  return {
    customerId: customer._id,
    values: wishedValues(customer, now),
    origins: countingWishes(customer, now).map(({ field, provenance, wish }) => ({
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

/** What was stated before with what is stated now on top; fields not named stay as they were. */
export function state(
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

/** Without what is wished, or was seen, for one field. */
export function without<W extends object, F extends PreferenceField>(wishes: W, field: F): Omit<W, F> {
  const { [field]: _forgotten, ...rest } = wishes as W & Record<F, unknown>;
  return rest;
}
