import { ChoiceField, FlagField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

export const TRAVEL_TIME_SOURCES = ['great-circle', 'osrm', 'valhalla'] as const;

/** Environment variables of routing. Defaults are the production values; tests shorten the delays. */
export class RoutingConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** Seconds until the customer is called again after a busy line. */
  @IntegerField({ optional: true, min: 1 }) RETRY_BUSY_SECONDS: number = 10 * 60;
  /** Seconds until the customer is called again after an unanswered call. */
  @IntegerField({ optional: true, min: 1 }) RETRY_NO_ANSWER_SECONDS: number = 3 * 3600;
  /** Seconds until the customer is called again after a call that was cut off on DelAuto's side. */
  @IntegerField({ optional: true, min: 1 }) RETRY_DROPPED_SECONDS: number = 2 * 60;
  /** Minimum seconds after an early hang-up, if the organization's setting permits another call the same day. */
  @IntegerField({ optional: true, min: 1 }) RETRY_HUNG_UP_EARLY_SECONDS: number = 4 * 3600;
  /** Seconds until the customer is called again after the carrier did not place the call. */
  @IntegerField({ optional: true, min: 1 }) RETRY_NOT_PLACED_SECONDS: number = 60;

  /** Maximum seconds that the carrier may queue a call before it rings. */
  @IntegerField({ optional: true, min: 0 }) DIAL_QUEUE_SECONDS: number = 60;
  /** Maximum seconds that a call rings. */
  @IntegerField({ optional: true, min: 5, max: 120 }) RING_SECONDS: number = 25;

  /** If false, calls are planned at the earliest permitted and preferred time, and no contact model is used. */
  @FlagField({ optional: true }) LEARN_CALL_TIMES: boolean = true;

  /** Seconds that a delivery waits for the analysis of its recording before it continues without it. */
  @IntegerField({ optional: true, min: 1 }) UNDERSTANDING_TIMEOUT_SECONDS: number = 15 * 60;

  /** Seconds that a delivery waits for the customer to confirm a refusal or another time that they wrote in a text. */
  @IntegerField({ optional: true, min: 1 }) CONFIRMATION_HOLD_SECONDS: number = 2 * 3600;

  /**
   * Source of travel times: a routing server, or great-circle distances, which are also used if the server does not
   * respond.
   */
  @ChoiceField(TRAVEL_TIME_SOURCES, { optional: true }) TRAVEL_TIMES: (typeof TRAVEL_TIME_SOURCES)[number] =
    'great-circle';
  @TextField({ optional: true, max: 300, description: 'URL of the routing server, such as http://osrm:5000.' })
  TRAVEL_TIMES_URL?: string;

  /** Seconds in which an agent must acknowledge a delivery before it is reassigned to another agent who can take it. */
  @IntegerField({ optional: true, min: 10 }) OFFER_SECONDS: number = 30 * 60;

  /** Deliveries that become ready within this many milliseconds are assigned together. */
  @IntegerField({ optional: true, min: 10 }) ASSIGNMENT_BATCH_MS: number = 500;
}
