import { Inject, Injectable } from '@nestjs/common';
import { APPS, type AppName } from '#libs/contracts/kernel/index.js';
import { isConsumerMissing, isStreamMissing } from '../topology/jetstream-errors.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { declareConsumers, DEAD_LETTERS_STREAM } from '../topology/topology.js';

/** `missing`: the broker has no such consumer. `unreachable`: the broker did not respond. */
export const CONSUMER_STATES = ['up', 'missing', 'unreachable'] as const;
export type ConsumerState = (typeof CONSUMER_STATES)[number];

/** The lag of one app's consumer on one stream. */
export interface ConsumerLag {
  readonly app: AppName;
  readonly stream: string;
  /** `missing` until the app has started once. */
  readonly state: ConsumerState;
  /** Messages not delivered yet. */
  readonly pending: number;
  /** Messages delivered and not acknowledged yet. */
  readonly inFlight: number;
  /** Messages in flight that were delivered more than once. */
  readonly redelivered: number;
}

const BROKER_TIMEOUT_MS = 1_000;

/** Reads the lag of every app's consumers from NATS. The leader of each consumer reports its figures. */
@Injectable()
export class ConsumerLags {
  constructor(
    private readonly link: NatsLink,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  /** Never rejects: the lag of a consumer that cannot be read has the state `missing` or `unreachable`. */
  read(): Promise<ConsumerLag[]> {
    const { registry, tuning } = this.settings;
    const consumers = APPS.flatMap((app) =>
      declareConsumers(app, registry, tuning).map(({ stream }) => ({ app, stream })),
    );
    return Promise.all(consumers.map((consumer) => this.readLag(consumer)));
  }

  /** @returns the number of dead letters that wait for an operator; `undefined` when NATS does not reply */
  async countDeadLetters(): Promise<number | undefined> {
    try {
      const { state } = await withTimeout(this.link.jsm.streams.info(DEAD_LETTERS_STREAM));
      return state.messages;
    } catch (error) {
      return isStreamMissing(error) ? 0 : undefined;
    }
  }

  private async readLag({ app, stream }: Pick<ConsumerLag, 'app' | 'stream'>): Promise<ConsumerLag> {
    const zeroLag = { app, stream, pending: 0, inFlight: 0, redelivered: 0 };
    try {
      const info = await withTimeout(this.link.jsm.consumers.info(stream, app));
      const { num_pending: pending, num_ack_pending: inFlight, num_redelivered: redelivered } = info;
      return { app, stream, state: 'up', pending, inFlight, redelivered };
    } catch (error) {
      const isMissing = isConsumerMissing(error) || isStreamMissing(error);
      return { ...zeroLag, state: isMissing ? 'missing' : 'unreachable' };
    }
  }
}

function withTimeout<T>(reply: Promise<T>): Promise<T> {
  const timeout = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`no reply within ${BROKER_TIMEOUT_MS} ms`)), BROKER_TIMEOUT_MS).unref(),
  );
  return Promise.race([reply, timeout]);
}
