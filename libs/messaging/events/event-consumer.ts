import { Inject, Injectable, Logger } from '@nestjs/common';
import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { DeadLetters } from './dead-letters.js';
import { EventProcessor } from './event-processor.js';
import { isStreamMissing } from '../topology/jetstream-errors.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { PullLoop } from '../link/pull-loop.js';
import { ADVISORIES_STREAM, declareConsumers } from '../topology/topology.js';
import { decodeJson, HEADER } from '../link/wire.js';

/** A message of the NATS server about an event that reached `max_deliver` of a consumer. */
interface MaxDeliveriesAdvisory {
  readonly stream: string;
  readonly stream_seq: number;
  readonly deliveries: number;
}

const ADVISORY_RETRY_MS = 5_000;

/**
 * Runs an app's pull loops: one for each stream it consumes, one for redrives and one for max-deliveries advisories.
 */
@Injectable()
export class EventConsumer {
  private readonly logger = new Logger('Events');
  private loops: PullLoop[] = [];

  constructor(
    private readonly link: NatsLink,
    private readonly processor: EventProcessor,
    private readonly deadLetters: DeadLetters,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  start(): void {
    const { app, registry, tuning } = this.settings;
    this.loops = declareConsumers(app, registry, tuning).map(({ stream }) => {
      const process =
        stream === ADVISORIES_STREAM ? this.deadLetterAll : (batch: readonly JsMsg[]) => this.processor.process(batch);
      return new PullLoop(this.link, {
        stream,
        durable: app,
        batchSize: tuning.batchSize,
        ackWaitMs: tuning.ackWaitMs,
        process,
      });
    });
    for (const loop of this.loops) loop.start();
  }

  async stop(): Promise<void> {
    this.processor.stop();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** Acknowledges each advisory after its event is stored as a dead letter. */
  private readonly deadLetterAll = async (advisories: readonly JsMsg[]): Promise<void> => {
    for (const advisory of advisories) {
      try {
        await this.deadLetter(advisory);
        advisory.ack();
      } catch (error) {
        this.logger.error(error, 'Cannot dead-letter an event that reached its delivery limit; retrying.');
        advisory.nak(ADVISORY_RETRY_MS);
      }
    }
  };

  /** Stores an event as a dead letter after the server stopped delivering it. Otherwise the event would be lost. */
  private async deadLetter(advisory: JsMsg): Promise<void> {
    const { stream, stream_seq, deliveries } = decodeJson(advisory.data) as MaxDeliveriesAdvisory;
    const stored = await this.read(stream, stream_seq);
    if (!stored)
      return this.logger.error(
        `${stream}:${stream_seq} reached its delivery limit but is no longer in its stream; it is lost.`,
      );
    const messageId = findEnvelopeId(stored) ?? `${stream}:${stream_seq}`;
    if (await this.processor.wasHandled(messageId)) return;
    const redriveOf = stored.header.get(HEADER.redriveOf);
    const subject = redriveOf ? stored.subject.split('.').slice(2).join('.') : stored.subject;
    await this.deadLetters.store({
      consumer: this.settings.app,
      subject,
      reason: 'max_deliveries',
      code: 'max_deliveries',
      message: `The server delivered the event ${deliveries} times and received no acknowledgement.`,
      stackHead: '',
      messageId,
      deliveries,
      deadAt: new Date().toISOString(),
      body: new TextDecoder().decode(stored.data),
      headers: {},
      ...(redriveOf ? { redriveOf } : {}),
    });
    this.settings.observer.eventDeadLettered(
      this.settings.registry.event(subject)?.subject ?? 'unknown',
      'max_deliveries',
    );
  }

  private async read(stream: string, seq: number): Promise<StoredMsg | null> {
    try {
      return await this.link.jsm.streams.getMessage(stream, { seq });
    } catch (error) {
      if (isStreamMissing(error)) return null;
      throw error;
    }
  }
}

/** @returns `null` when the message is not an envelope */
function findEnvelopeId({ data }: StoredMsg): string | null {
  try {
    const { id } = decodeJson(data) as { id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
