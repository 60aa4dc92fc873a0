import type { QueryFilter } from 'mongoose';
import { CodedError, notFound, RPC_ERROR_CODES, type EventContract } from '#libs/contracts/kernel/index.js';
import type { OrganizationId } from './organization-id.js';
import { TenantRepository, type TenantDocument } from './tenant-repository.js';
import type { Transaction } from './transaction.js';

/** The consistency boundary whose events are counted. Both counters are kept in the aggregate's own document. */
export interface AggregateDocument extends TenantDocument {
  /** Counts saves; a save with a stale one is refused. */
  revision: number;
  /** Counts events; the last one emitted has it. */
  sequence: number;
}

/** An event of the aggregate being saved; its place in the sequence is given by the save. */
export interface AggregateEvent<P extends object = object> {
  readonly contract: EventContract<P>;
  readonly payload: P;
  readonly occurredAt: Date;
}

/** Keeps the payload's type tied to its contract inside a list of events. */
export function aggregateEvent<P extends object>(
  contract: EventContract<P>,
  payload: P,
  occurredAt: Date,
): AggregateEvent {
  return { contract, payload, occurredAt };
}

/** An aggregate about to be created: its counters start by themselves. */
export type NewAggregate<T extends AggregateDocument> = Omit<T, 'organizationId' | 'revision' | 'sequence'>;

/**
 * Repository of aggregates. State and events are saved by one call, which is the only place where a sequence is given:
 * it cannot have gaps, and an event without its state change, or the reverse, cannot be written.
 */
export abstract class AggregateRepository<T extends AggregateDocument> extends TenantRepository<T> {
  /** What the aggregate is called when it is not there. */
  protected abstract readonly what: string;

  /** @throws CodedError `not_found` */
  async load(organizationId: OrganizationId, id: string, tx?: Transaction): Promise<T> {
    const found = await this.findById(organizationId, id, tx);
    if (!found) throw notFound(this.what, id);
    return found;
  }

  /**
   * As `load`, for a change that was decided by looking at a certain revision.
   * @param expected the revision the caller has seen; left out, any will do
   * @throws CodedError `revision_mismatch` when it stands at another
   */
  async loadAt(organizationId: OrganizationId, id: string, expected: number | undefined, tx?: Transaction): Promise<T> {
    const aggregate = await this.load(organizationId, id, tx);
    if (expected !== undefined && aggregate.revision !== expected) {
      throw new CodedError(
        RPC_ERROR_CODES.revisionMismatch,
        `${this.what} ${id} is at revision ${aggregate.revision}, not ${expected}: read it again before changing it.`,
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
    emitAll(tx, stored, 0, events);
    return stored;
  }

  /**
   * Replaces the aggregate and emits its events.
   * @returns the aggregate as stored: use it for a further save in the same transaction
   * @throws CodedError `conflict` when it was saved by somebody else since it was loaded
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
        `${this.what} ${aggregate._id} was changed meanwhile; load it again.`,
      );
    }
    emitAll(tx, stored, aggregate.sequence, events);
    return stored;
  }
}

function emitAll(
  tx: Transaction,
  aggregate: AggregateDocument,
  before: number,
  events: readonly AggregateEvent[],
): void {
  const { organizationId, _id: aggregateId } = aggregate;
  events.forEach((event, index) => tx.emit({ ...event, organizationId, aggregateId, sequence: before + index + 1 }));
}
