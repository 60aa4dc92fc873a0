import { SetMetadata } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';

/** Due work, as its handler receives it. */
export interface WorkItem<P extends object = object> {
  readonly queue: string;
  readonly kind: string;
  readonly key: string;
  readonly organizationId: OrganizationId;
  readonly payload: P;
  readonly dueAt: Date;
  /** Counts from 1. */
  readonly attempt: number;
  /**
   * Marks the work done in the handler's transaction, so that its effects and its completion commit together.
   * @throws CodedError `lease_lost` when another worker holds the lease now; the transaction must not commit
   */
  complete(tx: Transaction): Promise<void>;
  /**
   * Cancels all other waiting and due work of this kind in this organization, for kinds where one run covers all of it.
   * Call it before reading: the handler then sees everything that the canceled work was scheduled for.
   */
  cancelOtherItems(): Promise<void>;
  /**
   * Reschedules the work in the handler's transaction. Not a failure: attempts start again at 1.
   * @throws CodedError `lease_lost`
   */
  postpone(tx: Transaction, dueAt: Date): Promise<void>;
}

/** The lease of the handler, renewed while it runs. */
export interface WorkLease {
  /**
   * Aborts when the lease is lost or the app shuts down. The handler must then stop, and another worker runs the work.
   */
  readonly signal: AbortSignal;
}

/**
 * Runs the work. When it returns without a call of `complete`, the work is marked done afterwards, so that after a
 * crash in between the work runs again. Returning `{ retryAt }` reschedules the work without a failed attempt. Throwing
 * fails the attempt.
 */
export type WorkHandlerFunction<P extends object = object> = (
  item: WorkItem<P>,
  lease: WorkLease,
) => Promise<{ retryAt: Date } | void>;

/** Metadata key of methods with `@WorkHandler`. */
export const WORK_HANDLER = Symbol('WORK_HANDLER');

/** The queue and the kind of work that a method handles. */
export interface WorkHandlerMetadata {
  readonly queue: string;
  readonly kind: string;
}

/** Decorates any method with a handler's signature. The payload type is not checked against the scheduler's. */
type WorkHandlerDecorator = <M extends WorkHandlerFunction<never>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/** Declares a provider's method as the handler of one kind of work in a queue. */
export function WorkHandler(queue: string, kind: string): WorkHandlerDecorator {
  const mark = SetMetadata(WORK_HANDLER, { queue, kind } satisfies WorkHandlerMetadata);
  return (target, key, descriptor) => {
    mark(target, key, descriptor as PropertyDescriptor);
  };
}
