import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { context, propagation } from '@opentelemetry/api';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import {
  CodedError,
  RPC_ERROR_CODES,
  type Actor,
  type AppName,
  type EventContract,
  type EventEnvelope,
  type WireEvent,
  getSealingContext,
} from '#libs/contracts/kernel/index.js';
import { parseContract } from '#libs/contracts/fields/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { withTimeout } from './bounded-operation.js';
import { isDuplicateKey } from './mongo-errors.js';
import { getOutboxCollection, type OutboxRow } from './outbox-row.js';
import { KeyedQueue } from './keyed-queue.js';

/** A database transaction. The writes in its session and the emitted events are atomic. */
export interface Transaction {
  readonly session: ClientSession;
  /**
   * Emits an event. It is written to the outbox in this transaction and published after the commit.
   * @throws Error when another app owns the event
   * @throws ContractViolation when the payload violates its contract
   */
  emit<P extends object>(event: NewEvent<P>): void;
  /**
   * Calls `effect` once, after the commit, in the caller’s trace. Use it only for wake-ups: the process may die before
   * the call.
   */
  afterCommit(effect: () => void): void;
}

/** An event to emit. */
export interface NewEvent<P extends object = object> {
  readonly contract: EventContract<P>;
  readonly organizationId: string;
  readonly aggregateId: string;
  /** Gapless per aggregate, from 1. `AggregateRepository.save` assigns it. */
  readonly sequence: number;
  readonly payload: P;
  readonly occurredAt: Date;
}

/** See `TransactionRunner.run`. */
export interface TransactionOptions {
  readonly queueKey?: string | undefined;
  readonly isUrgent?: boolean | undefined;
  readonly actor?: Actor | undefined;
  readonly maxMs?: number | undefined;
}

/** Default timeout of a transaction. The server aborts transactions after 60 s. */
const MAX_TRANSACTION_MS = 60_000;

/** Injection token of the name of the app, which owns the database. */
export const PERSISTENCE_APP = Symbol('PERSISTENCE_APP');

const TRANSACTION_OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const;

/** Collects the events and effects of one attempt of a transaction. A retry starts with an empty one. */
class TransactionAttempt implements Transaction {
  readonly rows: OutboxRow[] = [];
  readonly effects: (() => void)[] = [];

  constructor(
    readonly session: ClientSession,
    private readonly app: AppName,
    private readonly writer: string,
    private readonly actor: Actor | undefined,
    private readonly sealer: DataSealer,
  ) {}

  emit<P extends object>(event: NewEvent<P>): void {
    const { contract, organizationId, aggregateId, sequence, occurredAt } = event;
    if (contract.owner !== this.app) {
      throw new Error(`${this.app} cannot emit ${contract.subject}: ${contract.owner} owns it.`);
    }
    if (!Number.isSafeInteger(sequence) || sequence < 1) {
      throw new RangeError(
        `${contract.subject} of ${aggregateId} has sequence ${sequence}; sequences are integers from 1.`,
      );
    }
    const id = new mongoose.Types.ObjectId();
    const header: Omit<EventEnvelope, 'payload'> = {
      id: id.toHexString(),
      subject: contract.subject,
      organizationId,
      aggregateId,
      sequence,
      occurredAt: occurredAt.toISOString(),
      ...(this.actor ? { actor: this.actor } : {}),
    };
    const payload = parseContract(contract.payload, event.payload, 'reject');
    const envelope: WireEvent = contract.sealed
      ? { ...header, sealed: this.sealer.seal(organizationId, getSealingContext(header), JSON.stringify(payload)) }
      : { ...header, payload };
    const trace: Record<string, string> = {};
    propagation.inject(context.active(), trace);
    this.rows.push({
      _id: id,
      aggregate: `${contract.owner}.${contract.aggregate}`,
      aggregateId,
      sequence,
      subject: contract.subject,
      envelope: JSON.stringify(envelope),
      trace,
      createdAt: new Date(),
      writer: this.writer,
      unsent: true,
    });
  }

  afterCommit(effect: () => void): void {
    // A batch of events has one transaction, so that its commit is outside the trace of each event.
    this.effects.push(context.bind(context.active(), effect));
  }
}

/** Runs transactions and writes the emitted events to the outbox in the same transaction. */
@Injectable()
export class TransactionRunner {
  /** Identifies this process in the outbox rows that it writes. */
  readonly writer = randomUUID();
  private readonly logger = new Logger(TransactionRunner.name);
  private readonly queue = new KeyedQueue();
  private readonly listeners = new Set<(rows: readonly OutboxRow[]) => void>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(PERSISTENCE_APP) private readonly app: AppName,
    private readonly sealer: DataSealer,
  ) {}

  /**
   * Runs `work` in a transaction and commits it with majority write concern and journaling. On a transient database
   * error all of `work` runs again, so every effect must go through `tx`.
   * @param options.queueKey transactions of this process with the same key run one after another. Concurrent
   *   transactions on the same document would only make each other restart. Without a key the transaction does not
   *   wait.
   * @param options.isUrgent set when a person or caller waits: runs before waiting transactions of the same key that
   *   are not urgent
   * @param options.actor the principal of the change; the events carry it
   * @param options.maxMs timeout of all attempts together, default 60 s
   * @throws MongoNetworkTimeoutError after `maxMs`; the last attempt may be committed, as after a connection loss
   *   during a commit
   * @throws CodedError `conflict` when another transaction emitted an event with the same sequence of the aggregate
   * @throws the error that `work` throws, after rolling back
   */
  async run<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { queueKey, isUrgent } = options;
    return queueKey === undefined
      ? this.runNow(work, options)
      : this.queue.run(queueKey, () => this.runNow(work, options), isUrgent);
  }

  /**
   * Calls `listener` with the outbox rows of every transaction with events, after its commit.
   * @returns a function that removes the listener
   */
  onCommittedEvents(listener: (rows: readonly OutboxRow[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async runNow<T>(
    work: (tx: Transaction) => Promise<T>,
    { actor, maxMs = MAX_TRANSACTION_MS }: TransactionOptions,
  ): Promise<T> {
    const session = await this.connection.startSession();
    const timeout = new AbortController();
    const transaction = session.withTransaction(async () => {
      // After the timeout the caller has its error, so the transaction must not be retried.
      timeout.signal.throwIfAborted();
      const attempt = new TransactionAttempt(session, this.app, this.writer, actor, this.sealer);
      const value = await work(attempt);
      await this.writeOutbox(attempt);
      return { value, attempt };
    }, TRANSACTION_OPTIONS);
    const ended = transaction.finally(() => session.endSession());
    const committed = await withTimeout(ended, maxMs, (error) => timeout.abort(error));
    this.runAfterCommit(committed.attempt);
    return committed.value;
  }

  private async writeOutbox({ rows, session }: TransactionAttempt): Promise<void> {
    if (rows.length === 0) return;
    try {
      await getOutboxCollection(this.connection).insertMany(rows, { session });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const events = rows.map((row) => `${row.aggregate} ${row.aggregateId} #${row.sequence}`).join(', ');
      throw new CodedError(
        RPC_ERROR_CODES.conflict,
        `One of these events already exists: ${events}. Load the aggregate again.`,
      );
    }
  }

  private runAfterCommit({ rows, effects }: TransactionAttempt): void {
    const notifications = rows.length > 0 ? [...this.listeners].map((listener) => () => listener(rows)) : [];
    for (const effect of [...effects, ...notifications]) {
      try {
        effect();
      } catch (error) {
        this.logger.error(error, 'Effect after commit failed. No data is lost; the effect was only a wake-up.');
      }
    }
  }
}
