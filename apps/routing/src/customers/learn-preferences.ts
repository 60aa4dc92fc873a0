import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerChanged, WEEKDAYS, type Instructions, type Language, type LocalHours } from '#libs/contracts/index.js';
import { believed, preferredPart, withCall, withSeen } from '#libs/domain/preferences/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';
import type {
  CustomerDocument,
  StoredEvidence,
  StoredWish,
  StoredWishes,
} from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository } from './customer.repository.js';

const DAY_MS = 86_400_000;
/** What nobody confirmed for so long does not count any more. */
const EXPIRES_MS = 365 * DAY_MS;
/** What must be believed of a wish before it counts; who is not rung must be sure not to want it. */
const LEAST_CONFIDENCE = { safePlace: 0.6, channel: 0.7, language: 0.6 } as const;
/** A few words may be of either language. */
const LANGUAGE_CERTAINTY = 0.8;

type Place = NonNullable<Instructions['safePlace']>['value'];

/** What was seen of a customer. */
export type PreferenceObservation =
  /** A call is over: when they can be reached, and that calls reach them. */
  | ({ readonly kind: 'call'; readonly reached: boolean } & Pick<ContactTryDocument, 'day' | 'hour'>)
  /** They said or wrote something in a language. */
  | { readonly kind: 'words'; readonly language: Language }
  /** A text was answered that no call had been. */
  | { readonly kind: 'text' }
  /** A parcel was left where they wanted it, or where it was put without their word. `certainty` from 0 to 1. */
  | { readonly kind: 'place'; readonly place: Place; readonly certainty: number };

/**
 * Learns a customer's wishes from what happened, field by field: each with where it comes from, how sure it is, and until when
 * it counts. What is stated beats it, and what is forgotten takes the evidence with it.
 */
@Injectable()
export class LearnPreferences {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    customerId: string,
    observation: PreferenceObservation,
    tx: Transaction,
  ): Promise<void> {
    const customer = await this.customers.findById(organizationId, customerId, tx);
    if (!customer) return;
    const now = this.clock.now();
    const evidence = withObservation(customer.evidence ?? {}, observation, now);
    const learned = learnedFrom(evidence, now);
    const isNews = !isDeepStrictEqual(valuesOf(customer.learned), valuesOf(learned));
    const changed = { customerId, parts: ['preferences' as const] };
    const events = isNews ? [aggregateEvent(CustomerChanged, changed, now)] : [];
    await this.customers.save(tx, organizationId, { ...customer, evidence, learned, updatedAt: now }, events);
  }
}

function withObservation(evidence: StoredEvidence, observation: PreferenceObservation, now: Date): StoredEvidence {
  switch (observation.kind) {
    case 'call': {
      const { day, hour, reached } = observation;
      const preferredHours = withCall(evidence.preferredHours, { day, hour, reached }, now);
      return {
        ...evidence,
        ...(preferredHours ? { preferredHours } : {}),
        ...(reached ? { channel: withSeen(evidence.channel, 'voice', 1, now) } : {}),
      };
    }
    case 'words':
      return { ...evidence, language: withSeen(evidence.language, observation.language, LANGUAGE_CERTAINTY, now) };
    case 'text':
      return { ...evidence, channel: withSeen(evidence.channel, 'text', 1, now) };
    case 'place':
      return {
        ...evidence,
        safePlace: withSeen(evidence.safePlace, observation.place, observation.certainty, now),
      };
  }
}

const valuesOf = (wishes: CustomerDocument['learned']): unknown =>
  Object.fromEntries(Object.entries(wishes).map(([field, wish]) => [field, (wish as StoredWish).value]));

function learnedFrom(evidence: StoredEvidence, now: Date): StoredWishes {
  const wish = <V>(value: V, confidence: number): StoredWish<V> => ({
    ...{ value, confidence, source: 'call', setAt: now },
    expiresAt: new Date(now.getTime() + EXPIRES_MS),
  });
  const place = evidence.safePlace && believed(evidence.safePlace, now);
  const channel = evidence.channel && believed(evidence.channel, now);
  const language = evidence.language && believed(evidence.language, now);
  const part = evidence.preferredHours && preferredPart(evidence.preferredHours);
  return {
    ...(place && place.confidence >= LEAST_CONFIDENCE.safePlace
      ? { safePlace: wish({ place: place.value as Place }, place.confidence) }
      : {}),
    ...(channel && channel.confidence >= LEAST_CONFIDENCE.channel
      ? { channel: wish(channel.value as 'voice' | 'text', channel.confidence) }
      : {}),
    ...(language && language.confidence >= LEAST_CONFIDENCE.language
      ? { language: wish(language.value as Language, language.confidence) }
      : {}),
    ...(part ? { preferredHours: wish(hoursOf(part), part.confidence) } : {}),
  };
}

function hoursOf({ day, from, until }: { day: 'weekday' | 'weekend'; from: number; until: number }): LocalHours[] {
  const days = day === 'weekend' ? WEEKDAYS.slice(5) : WEEKDAYS.slice(0, 5);
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  return days.map((weekday) => ({ day: weekday, from: clock(from), until: clock(until) }));
}
