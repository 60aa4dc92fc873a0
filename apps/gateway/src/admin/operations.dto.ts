import {
  APPS,
  ChoiceField,
  DependencyReport,
  FlagField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  QueueReport,
  TextField,
  type AppName,
} from '#libs/contracts/index.js';
import { CONSUMER_STATES, type ConsumerState } from '#libs/messaging/index.js';

export const APP_STATES = ['up', 'unreachable'] as const;

export class AppQueues {
  @ChoiceField(APPS) app!: AppName;
  @ChoiceField(APP_STATES, { description: '`unreachable`: no answer within a second.' })
  state!: (typeof APP_STATES)[number];
  @ObjectListField(() => QueueReport, { optional: true, maxItems: 50 }) queues?: QueueReport[];
  @IntegerField({
    optional: true,
    min: 0,
    description: 'Events that are committed but not published yet; counted up to 10,000.',
  })
  outboxPending?: number;
}

export class ConsumerFigures {
  @ChoiceField(APPS) app!: AppName;
  @TextField({ max: 60 }) stream!: string;
  @ChoiceField(CONSUMER_STATES, { description: '`missing` until the app has been started once.' })
  state!: ConsumerState;
  @IntegerField({ min: 0, description: 'Events that have not been delivered yet.' }) pending!: number;
  @IntegerField({ min: 0, description: 'Events that have been delivered but not acknowledged.' }) inFlight!: number;
  @IntegerField({ min: 0, description: 'Events in flight that were delivered before.' }) redelivered!: number;
}

/** All queued work and unprocessed events at one moment. */
export class QueuesReport {
  @ObjectListField(() => AppQueues, { maxItems: 20 }) apps!: AppQueues[];
  @ObjectListField(() => ConsumerFigures, { maxItems: 200, description: 'As reported by the leader of each consumer.' })
  consumers!: ConsumerFigures[];
  @IntegerField({
    optional: true,
    min: 0,
    description: 'Number of dead letters; absent while the broker does not answer.',
  })
  deadLetters?: number;
  @InstantField() at!: string;
}

export class AppHealth {
  @ChoiceField(APPS) app!: AppName;
  @ChoiceField([...APP_STATES, 'draining'], { description: '`draining`: the replica that answered is shutting down.' })
  state!: (typeof APP_STATES)[number] | 'draining';
  @TextField({ optional: true, max: 40 }) version?: string;
  @InstantField({ optional: true }) startedAt?: string;
  @ObjectListField(() => DependencyReport, { optional: true, maxItems: 20 }) dependencies?: DependencyReport[];
}

export const SERVER_STATES = ['up', 'partly', 'down', 'unknown'] as const;
export type ServerState = (typeof SERVER_STATES)[number];

export class ServerHealth {
  @TextField({ max: 40 }) name!: string;
  @ChoiceField(SERVER_STATES, {
    description: '`partly`: some apps reach it and others do not. `unknown`: no app that answered needs it.',
  })
  state!: ServerState;
}

/** Statistics of the read cache in the gateway process that serves the request, since that process started. */
export class CacheReport {
  @IntegerField({ min: 0, description: 'Served from Redis.' }) hits!: number;
  @IntegerField({ min: 0, description: 'Served from the response that another request was already fetching.' })
  shared!: number;
  @IntegerField({ min: 0, description: 'Served by the app that owns the data, and then cached.' }) misses!: number;
  @IntegerField({ min: 0, description: 'Served by the app that owns the data because the cache was unavailable.' })
  bypassed!: number;
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: 'Share of `hits` and `shared` in all cacheable reads; absent before the first read.',
  })
  hitRate?: number;
  @ChoiceField(['up', 'away'], {
    description: 'While Redis is `away` (unavailable), every read goes to the app that owns the data.',
  })
  redis!: 'up' | 'away';
  @InstantField() at!: string;
}

export class WorstLag {
  @ChoiceField(APPS) app!: AppName;
  @TextField({ max: 60 }) stream!: string;
  @IntegerField({ min: 0 }) pending!: number;
}

export class HealthReport {
  @FlagField({ description: 'Every app answers and every server is up.' }) healthy!: boolean;
  @ObjectListField(() => AppHealth, { maxItems: 20 }) apps!: AppHealth[];
  @ObjectListField(() => ServerHealth, { maxItems: 20 }) servers!: ServerHealth[];
  @ObjectField(() => WorstLag, {
    optional: true,
    description: 'Absent while no consumer is behind, or while the broker is unavailable.',
  })
  worstLag?: WorstLag;
  @InstantField() at!: string;
}
