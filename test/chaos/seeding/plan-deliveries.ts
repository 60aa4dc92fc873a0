import { toSimulatorCustomer } from '../personas/behavior.js';
import type { Persona, PersonaMoves } from '../personas/persona.js';
import { PERSONAS } from '../personas/personas.js';
import { positionNear, type Place } from '../support/places.js';
import { SeededRandom } from '../support/seeded-random.js';

const HOUR_MS = 3_600_000;
/** The last part of the time is left for deliveries on their way. */
const POSTING_SHARE = 0.8;

export type OrganizationKey = 'day' | 'codes' | 'closed';

/** One delivery as the harness means it to go, before anything has happened. */
export interface PlannedDelivery {
  readonly reference: string;
  readonly persona: Persona;
  readonly moves: PersonaMoves;
  readonly organization: OrganizationKey;
  readonly phone: string;
  readonly zone: string;
  /** Milliseconds after the beginning of the run. */
  readonly postAtMs: number;
  /** The same for all tries. */
  readonly idempotencyKey: string;
  readonly body: object;
  /** The body that puts the customer at their phone. */
  readonly simulatorCustomer: object;
}

/**
 * Deals personas evenly over deliveries, each with a phone number of its own, at random moments.
 * @param now windows begin four hours later, and answers help for two
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
  const dealt = dealEvenly(random, count);
  return dealt
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

/** Every persona as often as any other, give or take one, in an order of the seed. */
function dealEvenly(random: SeededRandom, count: number): Persona[] {
  const dealt: Persona[] = [];
  while (dealt.length < count) dealt.push(...random.shuffled(PERSONAS));
  return dealt.slice(0, count);
}
