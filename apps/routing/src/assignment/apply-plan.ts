import { Injectable } from '@nestjs/common';
import { DeliveryUnassignable } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import {
  advance,
  DeliveryRepository,
  toDeliveryEventFields,
  getCurrentAgentId,
  toWithdrawalEvents,
  withoutAgent,
} from '../deliveries/deliveries.module.js';
import { ScheduleOfferExpiry } from '../offers/offers.module.js';
import { assignToAgent } from './assign-to-agent.js';
import type {
  AssignDelivery,
  LeaveUnassigned,
  PlannedChange,
} from '../assignment-planning/assignment-planning.module.js';

/** Applies changes of a plan in the transaction that claimed the board. */
@Injectable()
export class ApplyPlan {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly scheduleOfferExpiry: ScheduleOfferExpiry,
  ) {}

  /** @throws CodedError `conflict` if a delivery changed since it was planned */
  async execute(
    organizationId: OrganizationId,
    changes: readonly PlannedChange[],
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    for (const change of changes) {
      if (change.kind === 'assign') await this.assign(organizationId, change, now, tx);
      else await this.leaveUnassigned(organizationId, change, now, tx);
    }
  }

  private async assign(
    organizationId: OrganizationId,
    { delivery, agent, assignment: { cost, explanation, runnerUp, workSeconds } }: AssignDelivery,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const released =
      getCurrentAgentId(delivery) === undefined ? delivery : advance(delivery, { kind: 'unassigned' }, now);
    const advanced = released && advance(released, { kind: 'assigned' }, now);
    if (!advanced) return;
    const reason = {
      explanation,
      cost,
      minutes: Math.ceil(workSeconds / 60),
      ...(runnerUp ? { runnerUpAgentId: runnerUp.agentId, runnerUpCost: runnerUp.cost } : {}),
    };
    const { delivery: assigned, event } = assignToAgent(agent, withoutAgent(advanced), reason, now);
    const events = [...toWithdrawalEvents(delivery, 'reassigned', now), event];
    const stored = await this.deliveries.save(tx, organizationId, assigned, events);
    await this.scheduleOfferExpiry.execute(stored, tx);
  }

  /** Publishes that no agent can take the delivery, unless the reason is unchanged. The delivery keeps waiting. */
  private async leaveUnassigned(
    organizationId: OrganizationId,
    { delivery, unassigned: { explanation } }: LeaveUnassigned,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const released =
      getCurrentAgentId(delivery) === undefined ? delivery : advance(delivery, { kind: 'unassigned' }, now);
    const advanced = released && advance(released, { kind: 'no_agent' }, now);
    if (!advanced || delivery.unassignableReason === explanation) return;
    const waiting = { ...withoutAgent(advanced), unassignableReason: explanation };
    const unassignable = createAggregateEvent(
      DeliveryUnassignable,
      { ...toDeliveryEventFields(delivery), reason: explanation },
      now,
    );
    await this.deliveries.save(tx, organizationId, waiting, [
      ...toWithdrawalEvents(delivery, 'reassigned', now),
      unassignable,
    ]);
  }
}
