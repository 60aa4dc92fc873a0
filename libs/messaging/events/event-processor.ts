import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { JsMsg } from '@nats-io/jetstream';
import { SpanKind } from '@opentelemetry/api';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError, RPC_ERROR_CODES, type EventContract, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import {
  isDatabaseUnavailable,
  parseOrganizationId,
  TransactionRunner,
  type Transaction,
} from '#libs/persistence/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { DeadLetters, describeError, type DeadLetterReason } from './dead-letters.js';
import type { EventContext, EventHandlerOptions } from '../handlers/handlers.js';
import { AlreadyHandledError, Inbox } from '../inbox/inbox.js';
import { toOriginalSubject, readEvent, type IncomingEvent } from '../inbox/incoming-event.js';
import { Limiter } from '../link/limiter.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { backOff, getRetryDelayMs } from '../link/retry-policy.js';
import { StartLedger } from '../inbox/start-ledger.js';
import { inSpan } from '../link/tracing.js';
import { HEADER, toTraceContext } from '../link/wire.js';

/** The handler of an event contract, with its options. */
export interface EventHandlerEntry extends EventHandlerOptions {
  readonly handle: (event: EventEnvelope, context: EventContext) => Promise<void>;
}

/** The transaction of handlers that declared `hasNoStoredEffect`: any use of it throws. */
const NO_TRANSACTION = new Proxy({} as Transaction, {
  get() {
    throw new Error(
      'This handler declares `hasNoStoredEffect` for the event, so it has no transaction. Do not use `context.tx`.',
    );
  },
});

const MAX_CONFLICT_ATTEMPTS = 5;
/** The ceiling of the random pause after a conflict. It doubles with each attempt. */
const CONFLICT_PAUSE_MS = 20;

/**
 * Handles events so that each has its effect exactly once. A batch and its inbox rows share one transaction, and the
 * events are acknowledged after the commit. When the batch fails, its events are handled one by one. Redelivered events
 * are always handled one by one, because one of them may have crashed the process before. An event whose handler
 * declares `hasNoStoredEffect` needs neither a transaction nor an inbox row.
 */
@Injectable()
export class EventProcessor {
  private readonly logger = new Logger('Events');
  private readonly inbox: Inbox;
  private readonly starts: StartLedger;
  /**
   * Redelivered events of all streams are handled one at a time, so that a crash identifies the event that caused it.
   */
  private readonly redeliveries = new Limiter(1);
  private handlers: ReadonlyMap<EventContract, EventHandlerEntry> = new Map();
  private isStopping = false;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly deadLetters: DeadLetters,
    link: NatsLink,
    @InjectConnection() connection: Connection,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
    private readonly sealer: DataSealer,
  ) {
    this.inbox = new Inbox(connection, settings.app);
    this.starts = new StartLedger(link, settings.app);
  }

  /** Sets the handlers and creates the indexes of the inbox. Does not need NATS. */
  async prepare(handlers: ReadonlyMap<EventContract, EventHandlerEntry>): Promise<void> {
    this.handlers = handlers;
    await this.inbox.ensureIndexes(this.settings.tuning.inboxRetentionDays);
  }

  /** Stops retrying in this process. Events in progress that fail are returned to the server. */
  stop(): void {
    this.isStopping = true;
    this.starts.stop();
  }

  /** @returns whether this app has handled the event */
  async wasHandled(messageId: string): Promise<boolean> {
    return this.inbox.has(messageId);
  }

  /**
   * Handles messages of one stream. When it resolves, each is acknowledged, negatively acknowledged or dead-lettered.
   */
  async process(messages: readonly JsMsg[]): Promise<void> {
    const events: IncomingEvent[] = [];
    for (const message of messages) {
      try {
        events.push(readEvent(message, this.settings.registry, this.sealer));
      } catch (error) {
        await this.deadLetterMalformed(message, error);
      }
    }
    const withoutTransaction = events.filter((event) => event.deliveryCount === 1 && this.hasNoStoredEffect(event));
    const succeeded = await Promise.all(withoutTransaction.map((event) => this.handleWithoutTransaction(event)));
    const handled = new Set(withoutTransaction.filter((_, index) => succeeded[index]));
    const firstDeliveries = events.filter((event) => event.deliveryCount === 1 && !handled.has(event));
    if (firstDeliveries.length > 0)
      await this.retryWhileDatabaseUnavailable(firstDeliveries, () => this.handleTogether(firstDeliveries));
    for (const event of events.filter(({ deliveryCount }) => deliveryCount > 1)) {
      await this.redeliveries.run(() =>
        this.retryWhileDatabaseUnavailable([event], () => this.handleRedelivered(event)),
      );
    }
  }

  private async deadLetterMalformed(message: JsMsg, error: unknown): Promise<void> {
    const { stream, streamSequence } = message.info;
    try {
      await this.deadLetter(message, `${stream}:${streamSequence}`, 'malformed', error);
    } catch (cause) {
      this.logger.error(cause, `Cannot dead-letter malformed event ${stream}:${streamSequence}; retrying.`);
      message.nak(backOff(3));
    }
  }

  /**
   * Keeps the events in this process and retries them until the database is available, because an unavailable database
   * is not a failure of their handlers.
   */
  private async retryWhileDatabaseUnavailable(
    events: readonly IncomingEvent[],
    work: () => Promise<void>,
  ): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (this.isStopping || !isDatabaseUnavailable(error)) {
          // `handleAlone` handles the errors of handlers, so most likely the broker rejected a dead letter. The broker
          // redelivers the events.
          if (!this.isStopping) this.logger.error(error, `Returning ${events.length} event(s) to the server.`);
          for (const { message } of events) message.nak(backOff(3));
          return;
        }
        this.logger.warn(`Database unavailable; ${events.length} event(s) wait: ${String(error)}`);
        await delay(backOff(failures));
      }
    }
  }

  private hasNoStoredEffect({ contract, envelope }: IncomingEvent): boolean {
    return this.handlers.get(contract)?.hasNoStoredEffect?.(envelope) ?? false;
  }

  /** @returns whether it succeeded; if not, the event is handled like any other, with retries and dead-lettering */
  private async handleWithoutTransaction(event: IncomingEvent): Promise<boolean> {
    const started = performance.now();
    try {
      await this.handle(event, NO_TRANSACTION);
    } catch (error) {
      this.logger.warn(
        `${event.contract.subject} ${event.envelope.id} failed without a transaction; retrying: ${String(error)}`,
      );
      return false;
    }
    this.settings.observer.eventHandled(event.contract.subject, performance.now() - started);
    event.message.ack();
    return true;
  }

  private async handleTogether(events: readonly IncomingEvent[]): Promise<void> {
    const [first] = events;
    if (first && events.length === 1) return this.handleAlone(first);
    try {
      await this.commit(events);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      for (const event of events) await this.handleAlone(event);
      return;
    }
    for (const { message } of events) message.ack();
  }

  private async handleRedelivered(event: IncomingEvent): Promise<void> {
    const { message, envelope } = event;
    if (await this.inbox.has(envelope.id)) return this.acknowledgeDuplicate(event);
    const start = await this.starts.begin(envelope.id);
    try {
      if (start.crashes >= this.settings.tuning.maxHandlerCrashes) {
        const text = `The process crashed ${start.crashes} times while handling this event alone.`;
        const error = new CodedError('handler_killed_process', text);
        await this.deadLetter(message, envelope.id, 'handler_killed_process', error);
      } else {
        await this.handleAlone(event);
      }
    } catch (error) {
      // The database or the broker is unavailable, but the process is alive. The start is released before the process
      // waits: if it dies while it waits, the event is not the cause.
      await this.starts.release(start);
      throw error;
    }
    await this.starts.end(start);
  }

  private async handleAlone(event: IncomingEvent): Promise<void> {
    const { message, envelope, contract, deliveryCount } = event;
    try {
      await this.commitWithRetriesOnConflict(event);
      message.ack();
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      if (error instanceof AlreadyHandledError) return this.acknowledgeDuplicate(event);
      this.settings.observer.eventFailed(contract.subject, describeError(error).code);
      const delayMs = getRetryDelayMs(deliveryCount, this.settings.tuning.retryDelaysMs);
      if (delayMs === null) return this.deadLetter(message, envelope.id, 'handler_failed', error);
      this.logger.warn(
        `${contract.subject} ${envelope.id}: delivery ${deliveryCount} failed; retrying in ${delayMs} ms: ${String(error)}`,
      );
      message.nak(delayMs);
    }
  }

  private async commitWithRetriesOnConflict(event: IncomingEvent): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.commit([event]);
      } catch (error) {
        const isConflict = error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict;
        if (!isConflict || attempt === MAX_CONFLICT_ATTEMPTS) throw error;
        await delay(Math.random() * CONFLICT_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  private async commit(events: readonly IncomingEvent[]): Promise<void> {
    const started = performance.now();
    const ids = events.map(({ envelope }) => envelope.id);
    await this.transactions.run(async (tx) => {
      await this.inbox.claim(ids, tx);
      for (const event of events) await this.handle(event, tx);
    });
    const averageMs = (performance.now() - started) / events.length;
    for (const { contract } of events) this.settings.observer.eventHandled(contract.subject, averageMs);
  }

  private async handle(
    { message, contract, envelope, deliveryCount, redriveOf }: IncomingEvent,
    tx: Transaction,
  ): Promise<void> {
    const handler = this.handlers.get(contract);
    if (!handler)
      throw new Error(`${contract.subject} has no handler. The boot check should have prevented the start.`);
    const context: EventContext = {
      tx,
      organizationId: parseOrganizationId(envelope.organizationId),
      deliveryCount,
      redriven: redriveOf !== undefined,
    };
    const attributes = {
      'messaging.system': 'nats',
      'messaging.message.id': envelope.id,
      'delauto.aggregate': envelope.aggregateId,
    };
    const parent = toTraceContext(message.headers);
    await inSpan(`process ${contract.subject}`, SpanKind.CONSUMER, attributes, parent, () =>
      handler.handle(envelope, context),
    );
  }

  private acknowledgeDuplicate({ message, contract }: IncomingEvent): void {
    this.settings.observer.eventDuplicate(contract.subject);
    message.ack();
  }

  /** Stores the message as a dead letter, and only then terminates its delivery. */
  private async deadLetter(message: JsMsg, messageId: string, reason: DeadLetterReason, error: unknown): Promise<void> {
    const subject = toOriginalSubject(message);
    const description = describeError(error);
    const redriveOf = message.headers?.get(HEADER.redriveOf);
    await this.deadLetters.store({
      consumer: this.settings.app,
      subject,
      reason,
      ...description,
      messageId,
      deliveries: message.info.deliveryCount,
      deadAt: new Date().toISOString(),
      body: new TextDecoder().decode(message.data),
      headers: toTraceHeaders(message),
      ...(redriveOf ? { redriveOf } : {}),
    });
    message.term(`${reason}: ${description.code}`);
    this.settings.observer.eventDeadLettered(this.settings.registry.event(subject)?.subject ?? 'unknown', reason);
    this.logger.error(`Dead-lettered ${subject} ${messageId} (${reason}): ${description.code}: ${description.message}`);
  }
}

function toTraceHeaders({ headers }: JsMsg): Record<string, string> {
  const names = ['traceparent', 'tracestate', 'baggage'];
  return Object.fromEntries(names.flatMap((name) => (headers?.get(name) ? [[name, headers.get(name)]] : [])));
}
