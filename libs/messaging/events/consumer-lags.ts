import { Inject, Injectable } from '@nestjs/common';
import { APPS, type AppName } from '#libs/contracts/kernel/index.js';
import { isConsumerMissing, isStreamMissing } from '../topology/jetstream-errors.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { consumersOf, DEAD_LETTERS_STREAM } from '../topology/topology.js';

export const CONSUMER_STATES = ['up', 'missing', 'unreachable'] as const;
export type ConsumerState = (typeof CONSUMER_STATES)[number];

/** How far an app is behind on one stream. */
export interface ConsumerLag {
  readonly app: AppName;
  readonly stream: string;
  /** `missing` until the app was started once. */
  readonly state: ConsumerState;
  /** Not delivered yet. */
  readonly pending: number;
  /** Delivered and not acknowledged yet. */
  readonly inFlight: number;
  /** In flight for the second time or more. */
  readonly redelivered: number;
}

const PATIENCE_MS = 1_000;

/** What the broker knows of the consumers of all apps. Each figure comes from the consumer's own leader. */
@Injectable()
export class ConsumerLags {
  constructor(
    private readonly link: NatsLink,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  read(): Promise<ConsumerLag[]> {
    const { registry, tuning } = this.settings;
    const all = APPS.flatMap((app) => consumersOf(app, registry, tuning).map(({ stream }) => ({ app, stream })));
    return Promise.all(all.map((consumer) => this.lagOf(consumer)));
  }

  /** Events that were given up and wait for somebody; `undefined` when the broker does not answer. */
  async deadLetters(): Promise<number | undefined> {
    try {
      const { state } = await inTime(this.link.jsm.streams.info(DEAD_LETTERS_STREAM));
      return state.messages;
    } catch (error) {
      return isStreamMissing(error) ? 0 : undefined;
    }
  }

  private async lagOf({ app, stream }: Pick<ConsumerLag, 'app' | 'stream'>): Promise<ConsumerLag> {
    const nothing = { app, stream, pending: 0, inFlight: 0, redelivered: 0 };
    try {
      const info = await inTime(this.link.jsm.consumers.info(stream, app));
      const { num_pending: pending, num_ack_pending: inFlight, num_redelivered: redelivered } = info;
      return { app, stream, state: 'up', pending, inFlight, redelivered };
    } catch (error) {
      const missing = isConsumerMissing(error) || isStreamMissing(error);
      return { ...nothing, state: missing ? 'missing' : 'unreachable' };
    }
  }
}

function inTime<T>(asked: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS).unref(),
  );
  return Promise.race([asked, late]);
}
