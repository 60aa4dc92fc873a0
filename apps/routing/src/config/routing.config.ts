import { ChoiceField, FlagField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

export const MAPS = ['great-circle', 'osrm', 'valhalla'] as const;

/** Routing's environment. Every delay has the production value as its default; drills shorten them. */
export class RoutingConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** Seconds until a busy customer is called again. */
  @IntegerField({ optional: true, min: 1 }) RETRY_BUSY_SECONDS: number = 10 * 60;
  @IntegerField({ optional: true, min: 1 }) RETRY_NO_ANSWER_SECONDS: number = 3 * 3600;
  /** Seconds until a customer whose call broke off on our side is called again. */
  @IntegerField({ optional: true, min: 1 }) RETRY_DROPPED_SECONDS: number = 2 * 60;
  /** The shortest wait after a customer hung up during the first words, where the organization calls again the same day. */
  @IntegerField({ optional: true, min: 1 }) RETRY_HUNG_UP_EARLY_SECONDS: number = 4 * 3600;
  @IntegerField({ optional: true, min: 1 }) RETRY_NOT_PLACED_SECONDS: number = 60;

  /** The longest the carrier may hold a call back before it rings, and the longest it rings. */
  @IntegerField({ optional: true, min: 0 }) DIAL_QUEUE_SECONDS: number = 60;
  @IntegerField({ optional: true, min: 5, max: 120 }) RING_SECONDS: number = 25;

  /** False: calls are made as early as is lawful and wished, and nothing is learned of when to call. */
  @FlagField({ optional: true }) LEARN_CALL_TIMES: boolean = true;

  /** How long a delivery waits for the understanding of its recording before it goes on without. */
  @IntegerField({ optional: true, min: 1 }) UNDERSTANDING_TIMEOUT_SECONDS: number = 15 * 60;

  /** Who knows how long ways take: a map's server, or the great circle. Where a server does not answer the great circle does. */
  @ChoiceField(MAPS, { optional: true }) TRAVEL_TIMES: (typeof MAPS)[number] = 'great-circle';
  @TextField({ optional: true, max: 300, description: 'Of the map’s server, such as http://osrm:5000.' })
  TRAVEL_TIMES_URL?: string;

  /** How long an agent may take to acknowledge a delivery before it goes to somebody else who could take it. */
  @IntegerField({ optional: true, min: 10 }) OFFER_SECONDS: number = 30 * 60;

  /** Deliveries that become ready within this time are assigned together. */
  @IntegerField({ optional: true, min: 10 }) ASSIGNMENT_BATCH_MS: number = 500;
}
