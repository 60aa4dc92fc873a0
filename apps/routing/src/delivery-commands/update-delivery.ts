import { Injectable } from '@nestjs/common';
import { CodedError, DeliveryUpdated, RPC_ERROR_CODES, type UpdateDeliveryRequest } from '#libs/contracts/index.js';
import {
  createAggregateEvent,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import {
  advance,
  checkNotInCall,
  checkNotOver,
  DeliveryRepository,
  toDeliveryEventFields,
  getCurrentAgentId,
  toTimeWindow,
  toWithdrawalEvents,
  withoutAgent,
} from '../deliveries/deliveries.module.js';
import { CancelCall, ScheduleNextStep } from '../call-planning/call-planning.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import {
  applyChanges,
  listChangedFields,
  affectsCallTime,
  affectsAssignment,
  type ChangeableField,
} from './apply-changes.js';
import { checkWindow } from './check-window.js';
import { PlanDelivery } from './plan-delivery.js';

const TIME_FIELDS: readonly ChangeableField[] = ['window', 'decideBy', 'alternativeWindows'];

/** Updates a delivery, and replans its call or its assignment if they depend on a changed field. */
@Injectable()
export class UpdateDelivery {
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

  /** An update without changes returns the delivery and publishes no event. */
  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision, changes }: UpdateDeliveryRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const before = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    const now = this.clock.now();
    const corrected = { ...applyChanges(before, changes), updatedAt: now };
    const changed = listChangedFields(before, corrected);
    checkChangeable(before, changed);
    if (changed.length === 0) return before;
    if (changed.some((field) => TIME_FIELDS.includes(field))) {
      checkWindow({ window: toTimeWindow(corrected.window), decideBy: corrected.decideBy.toISOString() }, now);
    }

    const payload = { ...toDeliveryEventFields(corrected), changed, window: toTimeWindow(corrected.window) };
    const updated = createAggregateEvent(DeliveryUpdated, payload, now);
    if (before.state === 'call_planned' && affectsCallTime(changed))
      return this.replanCall(organizationId, before, corrected, [updated], now, tx);
    const stored = await this.deliveries.save(
      tx,
      organizationId,
      ...withReconsideredAgent(corrected, changed, [updated], now),
    );
    if (stored.state === 'ready_to_assign' || stored.state === 'unassignable')
      await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }

  private async replanCall(
    organizationId: OrganizationId,
    before: DeliveryDocument,
    corrected: DeliveryDocument,
    events: AggregateEvent[],
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const customer = await this.customers.load(organizationId, before.customerId, tx);
    const profile = await this.findProfile.execute(organizationId);
    const planned = await this.planDelivery.execute(corrected, customer, profile, now);
    await this.cancelCall.execute(before, tx);
    const stored = await this.deliveries.save(tx, organizationId, planned.delivery, [...events, planned.event]);
    await this.scheduleNextStep.execute(organizationId, stored, 'not_called', tx);
    return stored;
  }
}

function checkChangeable(delivery: DeliveryDocument, changed: readonly ChangeableField[]): void {
  checkNotOver(delivery);
  if (delivery.state === 'failed')
    throw new CodedError('delivery_over', `Delivery ${delivery._id} failed: reschedule it, or cancel it.`);
  if (delivery.state === 'out_for_delivery')
    throw new CodedError('delivery_under_way', 'The delivery is out for delivery: reassign, reschedule or cancel it.');
  if (changed.some((field) => TIME_FIELDS.includes(field))) checkNotInCall(delivery);
  if (delivery.state === 'created')
    throw new CodedError(RPC_ERROR_CODES.conflict, 'The delivery is being planned: try again.');
}

/** Unassigns the delivery if the choice of the agent depends on a changed field, so that it is planned again. */
function withReconsideredAgent(
  delivery: DeliveryDocument,
  changed: readonly ChangeableField[],
  events: AggregateEvent[],
  now: Date,
): [DeliveryDocument, AggregateEvent[]] {
  if (getCurrentAgentId(delivery) === undefined || !affectsAssignment(changed)) return [delivery, events];
  const advanced = advance(delivery, { kind: 'unassigned' }, now);
  return advanced
    ? [withoutAgent(advanced), [...events, ...toWithdrawalEvents(delivery, 'changed', now)]]
    : [delivery, events];
}
