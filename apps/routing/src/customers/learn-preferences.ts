import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerChanged, WEEKDAYS, type Instructions, type Language, type LocalHours } from '#libs/contracts/index.js';
import { likeliestValue, preferredDayPart, withCall, withObservation } from '#libs/domain/preferences/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';
import type {
  CustomerDocument,
  StoredEvidence,
  StoredPreference,
  StoredPreferences,
} from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository } from './customer.repository.js';

const DAY_MS = 86_400_000;
/** Time after which learned preferences expire. Every observation of the customer, of any field, renews all of them. */
const RETENTION_MS = 365 * DAY_MS;
/** Minimum confidence, 0 to 1, by field. It is highest for the channel, as a preference for texts prevents calls. */
const MIN_CONFIDENCE = { safePlace: 0.6, channel: 0.7, language: 0.6 } as const;
/** Certainty, 0 to 1, of a recognized language, as a few words can be valid in several languages. */
const LANGUAGE_CERTAINTY = 0.8;

type Place = NonNullable<Instructions['safePlace']>['value'];

/** An observation of a customer's behavior. */
export type PreferenceObservation =
  /** A call ended: whether it reached the customer at that hour. */
  | ({ readonly kind: 'call'; readonly reached: boolean } & Pick<ContactTryDocument, 'day' | 'hour'>)
  /** The customer spoke or wrote in a language. */
  | { readonly kind: 'words'; readonly language: Language }
  /** The customer replied to a text and answered no call. */
  | { readonly kind: 'text' }
  /** A parcel was left where the customer wanted it, or where the agent chose. `certainty` is from 0 to 1. */
  | { readonly kind: 'place'; readonly place: Place; readonly certainty: number };

/**
 * Learns a customer's preferences from observations. Each field has a source, a confidence and an expiry. Stated
 * preferences override learned ones, and deleting a preference also deletes its evidence.
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
    const evidence = withEvidence(customer.evidence ?? {}, observation, now);
    const learned = toLearnedPreferences(evidence, now);
    const hasChanged = !isDeepStrictEqual(toValues(customer.learned), toValues(learned));
    const payload = { customerId, parts: ['preferences' as const] };
    const events = hasChanged ? [createAggregateEvent(CustomerChanged, payload, now)] : [];
    await this.customers.save(tx, organizationId, { ...customer, evidence, learned, updatedAt: now }, events);
  }
}

function withEvidence(evidence: StoredEvidence, observation: PreferenceObservation, now: Date): StoredEvidence {
  switch (observation.kind) {
    case 'call': {
      const { day, hour, reached } = observation;
      const preferredHours = withCall(evidence.preferredHours, { day, hour, reached }, now);
      return {
        ...evidence,
        ...(preferredHours ? { preferredHours } : {}),
        ...(reached ? { channel: withObservation(evidence.channel, 'voice', 1, now) } : {}),
      };
    }
    case 'words':
      return {
        ...evidence,
        language: withObservation(evidence.language, observation.language, LANGUAGE_CERTAINTY, now),
      };
    case 'text':
      return { ...evidence, channel: withObservation(evidence.channel, 'text', 1, now) };
    case 'place':
      return {
        ...evidence,
        safePlace: withObservation(evidence.safePlace, observation.place, observation.certainty, now),
      };
  }
}

const toValues = (preferences: CustomerDocument['learned']): unknown =>
  Object.fromEntries(
    Object.entries(preferences).map(([field, preference]) => [field, (preference as StoredPreference).value]),
  );

function toLearnedPreferences(evidence: StoredEvidence, now: Date): StoredPreferences {
  const toPreference = <V>(value: V, confidence: number): StoredPreference<V> => ({
    value,
    confidence,
    source: 'call',
    setAt: now,
    expiresAt: new Date(now.getTime() + RETENTION_MS),
  });
  const place = evidence.safePlace && likeliestValue(evidence.safePlace, now);
  const channel = evidence.channel && likeliestValue(evidence.channel, now);
  const language = evidence.language && likeliestValue(evidence.language, now);
  const dayPart = evidence.preferredHours && preferredDayPart(evidence.preferredHours);
  return {
    ...(place && place.confidence >= MIN_CONFIDENCE.safePlace
      ? { safePlace: toPreference({ place: place.value as Place }, place.confidence) }
      : {}),
    ...(channel && channel.confidence >= MIN_CONFIDENCE.channel
      ? { channel: toPreference(channel.value as 'voice' | 'text', channel.confidence) }
      : {}),
    ...(language && language.confidence >= MIN_CONFIDENCE.language
      ? { language: toPreference(language.value as Language, language.confidence) }
      : {}),
    ...(dayPart ? { preferredHours: toPreference(toLocalHours(dayPart), dayPart.confidence) } : {}),
  };
}

function toLocalHours({ day, from, until }: { day: 'weekday' | 'weekend'; from: number; until: number }): LocalHours[] {
  const days = day === 'weekend' ? WEEKDAYS.slice(5) : WEEKDAYS.slice(0, 5);
  const toTimeOfDay = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  return days.map((weekday) => ({ day: weekday, from: toTimeOfDay(from), until: toTimeOfDay(until) }));
}
