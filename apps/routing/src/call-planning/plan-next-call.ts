import { Injectable } from '@nestjs/common';
import { CallPlanned, CallWithheld } from '#libs/contracts/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { aggregateEvent, organizationId, type AggregateEvent, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';
import { advance, factOf } from '../deliveries/deliveries.module.js';
import type { NextCall, PlannedCall } from './decide-next-call.js';

export interface RequestCallWork {
  readonly deliveryId: string;
  /** Which plan this is: a delivery planned anew meanwhile makes the older work item a no-op. */
  readonly plannedAt: string;
}

/** Puts a decided next call on the delivery and, once the delivery is saved, into the queue. */
@Injectable()
export class PlanNextCall {
  constructor(private readonly queue: WorkQueue) {}

  /** The delivery with its next call, and the event that tells of it. */
  describe(
    delivery: DeliveryDocument,
    next: NextCall,
    now: Date,
  ): { delivery: DeliveryDocument; event: AggregateEvent } {
    const { plannedCallAt: _former, plannedCallOdds: _odds, ...rest } = delivery;
    if (next.kind === 'withheld') {
      const { rule, detail } = next;
      return { delivery: rest, event: aggregateEvent(CallWithheld, { ...factOf(delivery), rule, detail }, now) };
    }
    const planned = {
      ...factOf(delivery),
      attempt: delivery.attempts + 1,
      at: next.at.toISOString(),
      reason: next.reason,
      ...(next.chance === undefined ? {} : { chance: next.chance }),
    };
    const odds = oddsOf(next);
    return {
      delivery: { ...rest, plannedCallAt: next.at, ...(odds ? { plannedCallOdds: odds } : {}) },
      event: aggregateEvent(CallPlanned, planned, now),
    };
  }

  /**
   * As `describe`, for a delivery whose call was not made: it waits for the next one, or for an agent.
   * @returns nothing where its state allows neither
   */
  afterNoCall(
    delivery: DeliveryDocument,
    next: NextCall,
    now: Date,
  ): { delivery: DeliveryDocument; event: AggregateEvent } | undefined {
    const moved = advance(delivery, { kind: next.kind === 'planned' ? 'call_planned' : 'call_impossible' }, now);
    if (!moved) return undefined;
    const { delivery: described, event } = this.describe(moved, next, now);
    const isFirstOutcome = next.kind === 'withheld' && described.contactOutcome === undefined;
    return { delivery: isFirstOutcome ? { ...described, contactOutcome: next.rule } : described, event };
  }

  /** The durable due time of the planned call. */
  async enqueue(delivery: DeliveryDocument, tx: Transaction): Promise<void> {
    if (!delivery.plannedCallAt) return;
    const plannedAt = delivery.plannedCallAt.toISOString();
    await this.queue.schedule(tx, {
      ...this.workOf(delivery, delivery.plannedCallAt),
      kind: 'request-call',
      dueAt: delivery.plannedCallAt,
      organizationId: organizationId(delivery.organizationId),
      payload: { deliveryId: delivery._id, plannedAt } satisfies RequestCallWork,
    });
  }

  /** Takes a planned call back. The delivery's own state forbids it as well: this only keeps the queue short. */
  async withdraw(delivery: DeliveryDocument, tx: Transaction): Promise<void> {
    if (delivery.state === 'call_planned' && delivery.plannedCallAt)
      await this.queue.cancel(tx, this.workOf(delivery, delivery.plannedCallAt));
  }

  private workOf({ _id, attempts }: DeliveryDocument, at: Date): { queue: string; key: string } {
    return { queue: DELIVERY_QUEUE, key: `request-call.${_id}.${attempts + 1}.${at.getTime()}` };
  }
}

function oddsOf({ chance, propensity }: PlannedCall): DeliveryDocument['plannedCallOdds'] {
  return chance === undefined || propensity === undefined ? undefined : { chance, propensity };
}
