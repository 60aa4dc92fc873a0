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
  type TravellingEvent,
  sealedContext,
} from '#libs/contracts/kernel/index.js';
import { parseContract } from '#libs/contracts/fields/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { answerInTime } from './bounded-operation.js';
import { isDuplicateKey } from './mongo-errors.js';
import { outboxOf, type OutboxRow } from './outbox-row.js';
import { Turns } from './turns.js';

/** One unit of work. What is done with its session, and every event emitted, happens together or not at all. */
export interface Transaction {
  readonly session: ClientSession;
  /**
   * Tells of what this transaction changes. The event is written to the outbox with the commit and published after it.
   * @throws Error when the event is not this app's to tell; ContractViolation when its payload does not fit
   */
  emit<P extends object>(event: NewEvent<P>): void;
  /** Runs once, after the commit. For hints only: the process may die before it. */
  afterCommit(effect: () => void): void;
}

export interface NewEvent<P extends object = object> {
  readonly contract: EventContract<P>;
  readonly organizationId: string;
  readonly aggregateId: string;
  /** Gapless per aggregate from 1; `AggregateRepository.save` gives it. */
  readonly sequence: number;
  readonly payload: P;
  readonly occurredAt: Date;
}

/** See `TransactionRunner.run`. */
export interface TransactionOptions {
  readonly turn?: string | undefined;
  readonly isUrgent?: boolean | undefined;
  readonly actor?: Actor | undefined;
  readonly maxMs?: number | undefined;
}

/** After so long a transaction is given up: the server ends one after 60 s. */
const MAX_TRANSACTION_MS = 60_000;

export const PERSISTENCE_APP = Symbol('PERSISTENCE_APP');

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const;

/** Collects what one try of a transaction emits; a retry begins with an empty one. */
class TransactionTry implements Transaction {
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
      throw new RangeError(`${contract.subject} of ${aggregateId} has sequence ${sequence}; it counts up from 1.`);
    }
    const id = new mongoose.Types.ObjectId();
    const facts: Omit<EventEnvelope, 'payload'> = {
      id: id.toHexString(),
      subject: contract.subject,
      organizationId,
      aggregateId,
      sequence,
      occurredAt: occurredAt.toISOString(),
      ...(this.actor ? { actor: this.actor } : {}),
    };
    const payload = parseContract(contract.payload, event.payload, 'reject');
    const envelope: TravellingEvent = contract.sealed
      ? { ...facts, sealed: this.sealer.seal(organizationId, sealedContext(facts), JSON.stringify(payload)) }
      : { ...facts, payload };
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
    this.effects.push(effect);
  }
}

/** Runs units of work, and hands what they emitted to the outbox in the same transaction. */
@Injectable()
export class TransactionRunner {
  /** Names this process in the outbox rows it writes. */
  readonly writer = randomUUID();
  private readonly logger = new Logger(TransactionRunner.name);
  private readonly turns = new Turns();
  private readonly listeners = new Set<(rows: readonly OutboxRow[]) => void>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(PERSISTENCE_APP) private readonly app: AppName,
    private readonly sealer: DataSealer,
  ) {}

  /**
   * Runs `work` in a transaction and commits it, majority-acknowledged and journaled. On a transient database error the
   * whole of `work` runs again, with nothing kept of the failed try: it must have no effect but through `tx`.
   * @param options.turn transactions of this process with the same one take turns: those that change one document at the same
   *   time would only make each other start anew, several times over. Left out, nothing is waited for.
   * @param options.isUrgent somebody waits for the answer: it goes before those of the same turn that have not begun
   * @param options.actor who asked for it: the events say so
   * @param options.maxMs how long it may take, all its tries together; 60 s unless said
   * @throws MongoNetworkTimeoutError when it takes longer: whether its last try is committed is then not known, as when the
   *   connection breaks during a commit; what `work` throws, after rolling back; CodedError `conflict` when an aggregate's sequence was taken by
   *   somebody else meanwhile
   */
  async run<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { turn, isUrgent } = options;
    return turn === undefined
      ? this.runNow(work, options)
      : this.turns.take(turn, () => this.runNow(work, options), isUrgent);
  }

  /** Calls `listener` with the rows of every transaction that emitted events, after its commit. */
  onCommittedEvents(listener: (rows: readonly OutboxRow[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async runNow<T>(
    work: (tx: Transaction) => Promise<T>,
    { actor, maxMs = MAX_TRANSACTION_MS }: TransactionOptions,
  ): Promise<T> {
    const session = await this.connection.startSession();
    const limit = new AbortController();
    const tries = session.withTransaction(async () => {
      // Given up: it is not tried once more behind its caller's back.
      limit.signal.throwIfAborted();
      const attempt = new TransactionTry(session, this.app, this.writer, actor, this.sealer);
      const value = await work(attempt);
      await this.writeOutbox(attempt);
      return { value, attempt };
    }, OPTIONS);
    const ended = tries.finally(() => session.endSession());
    const committed = await answerInTime(ended, maxMs, (error) => limit.abort(error));
    this.announce(committed.attempt);
    return committed.value;
  }

  private async writeOutbox({ rows, session }: TransactionTry): Promise<void> {
    if (rows.length === 0) return;
    try {
      await outboxOf(this.connection).insertMany(rows, { session });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const taken = rows.map((row) => `${row.aggregate} ${row.aggregateId} #${row.sequence}`).join(', ');
      throw new CodedError(
        RPC_ERROR_CODES.conflict,
        `One of these events exists already: ${taken}. Load the aggregate again.`,
      );
    }
  }

  private announce({ rows, effects }: TransactionTry): void {
    const told = rows.length > 0 ? [...this.listeners].map((listener) => () => listener(rows)) : [];
    for (const effect of [...effects, ...told]) {
      try {
        effect();
      } catch (error) {
        this.logger.error(error, 'An effect after commit failed; what it hinted at is still in the database.');
      }
    }
  }
}
