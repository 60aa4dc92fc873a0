import { Injectable } from '@nestjs/common';
import { CodedError, DeliveryReplanned, type RescheduleDeliveryRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import {
  advance,
  checkNotInCall,
  checkNotOver,
  DeliveryRepository,
  toDeliveryEventFields,
  withNewPlanStart,
  getCurrentAgentId,
  toContactState,
  toWindow,
  toWithdrawalEvents,
  withoutAgent,
} from '../deliveries/deliveries.module.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { CancelCall, ScheduleNextStep } from '../call-planning/call-planning.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { checkWindow } from './check-window.js';
import { PlanDelivery } from './plan-delivery.js';

/**
 * Gives a delivery another window and restarts its plan: the customer is called again if attempts are left.
 * Instructions on how to deliver stay; instructions about times are dropped.
 */
@Injectable()
export class RescheduleDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly planDelivery: PlanDelivery,
    private readonly cancelCall: CancelCall,
    private readonly scheduleNextStep: ScheduleNextStep,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision, rescheduling }: RescheduleDeliveryRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const before = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    checkNotOver(before);
    checkNotInCall(before);
    const now = this.clock.now();
    checkWindow(rescheduling, now);
    const restarted = advance(before, { kind: 'replanned' }, now);
    if (!restarted) throw new CodedError('delivery_over', `Delivery ${deliveryId} is ${before.state}.`);

    const customer = await this.customers.load(organizationId, before.customerId, tx);
    const profile = await this.findProfile.execute(organizationId);
    const planned = await this.planDelivery.execute(
      withNewWindow(restarted, rescheduling, now),
      customer,
      profile,
      now,
    );
    await this.cancelCall.execute(before, tx);
    const stored = await this.deliveries.save(tx, organizationId, planned.delivery, [
      createAggregateEvent(DeliveryReplanned, { ...toDeliveryEventFields(before), window: rescheduling.window }, now),
      ...toWithdrawalEvents(before, 'replanned', now),
      planned.event,
    ]);
    await this.scheduleNextStep.execute(organizationId, stored, 'not_called', tx);
    if (getCurrentAgentId(before) !== undefined) await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

function withNewWindow(
  delivery: DeliveryDocument,
  { window, decideBy, alternativeWindows }: RescheduleDeliveryRequest['rescheduling'],
  now: Date,
): DeliveryDocument {
  const {
    contactOutcome: _contactOutcome,
    declinedAgentIds: _declinedAgentIds,
    handOver: _handOver,
    textedAt: _textedAt,
    ...rest
  } = withoutAgent(delivery);
  const replanned = {
    ...rest,
    window: toWindow(window),
    decideBy: new Date(decideBy ?? window.start),
    alternativeWindows: (alternativeWindows ?? []).map(toWindow),
  };
  return toContactState(replanned, withNewPlanStart(delivery, now), now).delivery;
}
