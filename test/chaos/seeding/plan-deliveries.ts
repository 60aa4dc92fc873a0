import { toSimulatorCustomer } from '../personas/behavior.js';
import type { Persona, PersonaMoves } from '../personas/persona.js';
import { PERSONAS } from '../personas/personas.js';
import { positionNear, type Place } from '../support/places.js';
import { SeededRandom } from '../support/seeded-random.js';

const HOUR_MS = 3_600_000;
/** Deliveries are posted during this share of the duration; the rest is left to process them. */
const POSTING_SHARE = 0.8;

export type OrganizationKey = 'day' | 'codes' | 'closed';

/** A delivery as the harness plans it, before the run. */
export interface PlannedDelivery {
  readonly reference: string;
  readonly persona: Persona;
  readonly moves: PersonaMoves;
  readonly organization: OrganizationKey;
  readonly phone: string;
  readonly zone: string;
  /** Milliseconds after the start of the run. */
  readonly postAtMs: number;
  /** The same for all attempts. */
  readonly idempotencyKey: string;
  readonly body: object;
  /** The body that registers the customer with the simulator. */
  readonly simulatorCustomer: object;
}

/**
 * Distributes personas evenly over deliveries, each with its own phone number, posted at random times.
 *
 * @param now Windows begin four hours later; the decision deadline is two hours later.
 */
export function planDeliveries(options: {
  readonly seed: number;
  readonly count: number;
  readonly durationMs: number;
  readonly day: Place;
  readonly night: Place;
  readonly now: Date;
}): PlannedDelivery[] {
  const { seed, count, durationMs, day, night, now } = options;
  const random = SeededRandom.named(seed, 'deliveries');
  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const alternativeWindow = { start: at(28), end: at(31) };
  const personas = distributeEvenly(random, count);
  return personas
    .map((persona, serial): PlannedDelivery => {
      const place = persona.atNight ? night : day;
      const reference = `C${seed}-${String(serial + 1).padStart(3, '0')}`;
      const phone = place.phone(1_000 + serial);
      const moves = persona.moves({ random, alternativeWindow });
      return {
        reference,
        persona,
        moves,
        organization: persona.organization ?? 'day',
        phone,
        zone: place.zone,
        postAtMs: Math.round(random.next() * durationMs * POSTING_SHARE),
        idempotencyKey: `chaos-${seed}-${serial + 1}-${now.getTime()}`,
        body: {
          reference,
          customer: {
            name: `Customer ${serial + 1}`,
            phone,
            language: 'en',
            zone: place.zone,
            address: `${serial + 1} Harbor Street`,
            position: positionNear(place, random.between(-4, 4), random.between(-4, 4)),
            legalBasis: 'consent',
          },
          window: { start: at(4), end: at(7) },
          decideBy: at(2),
          ...(persona.offersWindow ? { alternativeWindows: [alternativeWindow] } : {}),
          parcel: { description: 'a parcel', weightGrams: 1_500 },
        },
        simulatorCustomer: toSimulatorCustomer(phone, place.zone, moves.behavior),
      };
    })
    .toSorted((one, other) => one.postAtMs - other.postAtMs);
}

/** Returns every persona equally often, give or take one, in an order determined by the seed. */
function distributeEvenly(random: SeededRandom, count: number): Persona[] {
  const personas: Persona[] = [];
  while (personas.length < count) personas.push(...random.shuffle(PERSONAS));
  return personas.slice(0, count);
}
