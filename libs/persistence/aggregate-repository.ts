import type { QueryFilter } from 'mongoose';
import { CodedError, createNotFoundError, RPC_ERROR_CODES, type EventContract } from '#libs/contracts/kernel/index.js';
import type { OrganizationId } from './organization-id.js';
import { TenantRepository, type TenantDocument } from './tenant-repository.js';
import type { Transaction } from './transaction.js';

/** An aggregate (a consistency boundary), stored as one document with counters of its saves and its events. */
export interface AggregateDocument extends TenantDocument {
  /** Counts saves. A save with a stale revision fails. */
  revision: number;
  /** Counts events: the sequence of the last emitted event. */
  sequence: number;
}

/** An event of an aggregate. The save assigns its sequence. */
export interface AggregateEvent<P extends object = object> {
  readonly contract: EventContract<P>;
  readonly payload: P;
  readonly occurredAt: Date;
}

/**
 * Creates an event. The compiler checks the payload's type against the contract here, but not in an array of
 * `AggregateEvent`.
 */
export function createAggregateEvent<P extends object>(
  contract: EventContract<P>,
  payload: P,
  occurredAt: Date,
): AggregateEvent {
  return { contract, payload, occurredAt };
}

/** An aggregate to create, without its counters, which the repository sets. */
export type NewAggregate<T extends AggregateDocument> = Omit<T, 'organizationId' | 'revision' | 'sequence'>;

/**
 * Base class of repositories of aggregates. One call saves the state and its events, and only this call assigns
 * sequences. Sequences therefore have no gaps, and neither events without their state change nor the reverse can be
 * written.
 */
export abstract class AggregateRepository<T extends AggregateDocument> extends TenantRepository<T> {
  /** The name of the aggregate in error messages. */
  protected abstract readonly aggregateName: string;

  /** @throws CodedError `not_found` */
  async load(organizationId: OrganizationId, id: string, tx?: Transaction): Promise<T> {
    const found = await this.findById(organizationId, id, tx);
    if (!found) throw createNotFoundError(this.aggregateName, id);
    return found;
  }

  /**
   * As `load`, for a change that is based on a certain revision.
   * @param expected the revision that the caller has seen; `undefined` accepts any revision
   * @throws CodedError `revision_mismatch` when the stored revision differs
   */
  async loadAt(organizationId: OrganizationId, id: string, expected: number | undefined, tx?: Transaction): Promise<T> {
    const aggregate = await this.load(organizationId, id, tx);
    if (expected !== undefined && aggregate.revision !== expected) {
      throw new CodedError(
        RPC_ERROR_CODES.revisionMismatch,
        `${this.aggregateName} ${id} is at revision ${aggregate.revision}, not ${expected}; read it again before you change it.`,
      );
    }
    return aggregate;
  }

  /** @returns the aggregate as stored */
  async create(
    tx: Transaction,
    organizationId: OrganizationId,
    aggregate: NewAggregate<T>,
    events: readonly AggregateEvent[] = [],
  ): Promise<T> {
    const stored = { ...aggregate, organizationId, revision: 1, sequence: events.length } as unknown as T;
    await this.model.insertMany([stored], { session: tx.session });
    emitEvents(tx, stored, 0, events);
    return stored;
  }

  /**
   * Replaces the aggregate and emits its events.
   * @returns the aggregate as stored; use it for another save in the same transaction
   * @throws CodedError `conflict` when another transaction has saved it since it was loaded
   */
  async save(
    tx: Transaction,
    organizationId: OrganizationId,
    aggregate: T,
    events: readonly AggregateEvent[] = [],
  ): Promise<T> {
    const stored: T = {
      ...aggregate,
      organizationId,
      revision: aggregate.revision + 1,
      sequence: aggregate.sequence + events.length,
    };
    const filter = { _id: aggregate._id, organizationId, revision: aggregate.revision } as QueryFilter<T>;
    const result = await this.model.replaceOne(filter, stored, { session: tx.session }).exec();
    if (result.matchedCount === 0) {
      throw new CodedError(
        RPC_ERROR_CODES.conflict,
        `${this.aggregateName} ${aggregate._id} was changed concurrently; load it again.`,
      );
    }
    emitEvents(tx, stored, aggregate.sequence, events);
    return stored;
  }
}

function emitEvents(
  tx: Transaction,
  aggregate: AggregateDocument,
  lastSequence: number,
  events: readonly AggregateEvent[],
): void {
  const { organizationId, _id: aggregateId } = aggregate;
  events.forEach((event, index) =>
    tx.emit({ ...event, organizationId, aggregateId, sequence: lastSequence + index + 1 }),
  );
}
