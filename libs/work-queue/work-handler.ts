import { SetMetadata } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';

/** A piece of work in the hands of its handler. */
export interface WorkItem<P extends object = object> {
  readonly queue: string;
  readonly kind: string;
  readonly key: string;
  readonly organizationId: OrganizationId;
  readonly payload: P;
  readonly dueAt: Date;
  /** From 1. */
  readonly attempt: number;
  /**
   * Marks it done in the handler's own transaction, so that effect and completion are one.
   * @throws CodedError `lease_lost` when somebody else has it now: the transaction must not commit
   */
  complete(tx: Transaction): Promise<void>;
  /**
   * Takes back what else of its kind is due for its organisation and waits: for work of which one piece does what all would. What
   * was scheduled before this is seen by whatever the handler reads after it.
   */
  supersedeOthers(): Promise<void>;
  /** Puts it off in the handler's own transaction; not a failure, attempts begin anew. @throws CodedError `lease_lost` */
  postpone(tx: Transaction, dueAt: Date): Promise<void>;
}

/** The right to do it, renewed while the handler runs. */
export interface WorkLease {
  /** Aborted when the lease is lost, or the app shuts down: stop and let another do it. */
  readonly signal: AbortSignal;
}

/**
 * Does the work. Returning without `complete` marks it done afterwards: then a crash in between does it again. Returning
 * `{ retryAt }` puts it off without counting a failure; throwing counts one.
 */
export type WorkHandlerFunction<P extends object = object> = (
  item: WorkItem<P>,
  lease: WorkLease,
) => Promise<{ retryAt: Date } | void>;

export const WORK_HANDLER = Symbol('WORK_HANDLER');

export interface WorkHandlerMetadata {
  readonly queue: string;
  readonly kind: string;
}

/** Takes any method that can be called as a handler; what its payload is, only the scheduler knows. */
type WorkHandlerDecorator = <M extends WorkHandlerFunction<never>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/** Registers a provider's method for one kind of work of a queue. */
export function WorkHandler(queue: string, kind: string): WorkHandlerDecorator {
  const mark = SetMetadata(WORK_HANDLER, { queue, kind } satisfies WorkHandlerMetadata);
  return (target, key, descriptor) => {
    mark(target, key, descriptor as PropertyDescriptor);
  };
}
