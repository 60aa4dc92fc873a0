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

export const ANSWERS = ['up', 'unreachable'] as const;

export class AppQueues {
  @ChoiceField(APPS) app!: AppName;
  @ChoiceField(ANSWERS, { description: '`unreachable`: no answer within a second.' })
  state!: (typeof ANSWERS)[number];
  @ObjectListField(() => QueueReport, { optional: true, maxItems: 50 }) queues?: QueueReport[];
  @IntegerField({ optional: true, min: 0, description: 'Events committed and not published yet, up to 10,000.' })
  outboxPending?: number;
}

export class ConsumerFigures {
  @ChoiceField(APPS) app!: AppName;
  @TextField({ max: 60 }) stream!: string;
  @ChoiceField(CONSUMER_STATES, { description: '`missing` until the app was started once.' })
  state!: ConsumerState;
  @IntegerField({ min: 0, description: 'Events not delivered yet.' }) pending!: number;
  @IntegerField({ min: 0, description: 'Events delivered and not acknowledged yet.' }) inFlight!: number;
  @IntegerField({ min: 0, description: 'Of those in flight, delivered before.' }) redelivered!: number;
}

/** Everything that waits, as it stands at one moment. */
export class QueuesReport {
  @ObjectListField(() => AppQueues, { maxItems: 20 }) apps!: AppQueues[];
  @ObjectListField(() => ConsumerFigures, { maxItems: 200, description: 'From the leader of each consumer.' })
  consumers!: ConsumerFigures[];
  @IntegerField({ optional: true, min: 0, description: 'Events given up; absent while the broker does not answer.' })
  deadLetters?: number;
  @InstantField() at!: string;
}

export class AppHealth {
  @ChoiceField(APPS) app!: AppName;
  @ChoiceField([...ANSWERS, 'draining'], { description: '`draining`: the replica that answered is shutting down.' })
  state!: (typeof ANSWERS)[number] | 'draining';
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

/** What the read cache of the gateway that answers has done since it was started. */
export class CacheReport {
  @IntegerField({ min: 0, description: 'Served from Redis.' }) hits!: number;
  @IntegerField({ min: 0, description: 'Served by the answer another request was already fetching.' }) shared!: number;
  @IntegerField({ min: 0, description: 'Served by the owner, and then cached.' }) misses!: number;
  @IntegerField({ min: 0, description: 'Served by the owner, because the cache could not be asked.' })
  bypassed!: number;
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: '`hits` and `shared` of all reads that may be cached; absent before the first.',
  })
  hitRate?: number;
  @ChoiceField(['up', 'away'], { description: 'While Redis is away every read goes to its owner.' })
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
  @ObjectField(() => WorstLag, { optional: true, description: 'Absent while nobody is behind, or the broker is away.' })
  worstLag?: WorstLag;
  @InstantField() at!: string;
}
