import { Controller } from '@nestjs/common';
import {
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryCanceled,
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryRefused,
  DeliveryReinstated,
  DeliveryReplanned,
  DeliveryRescheduled,
  DeliveryOutForDelivery,
  DeliveryUnassignable,
  DeliveryUnassigned,
  DeliveryWithdrawn,
  InstructionsChanged,
  type CustomerOptedOutPayload,
  type AgentFact,
  type DeliveryAcknowledgedPayload,
  type DeliveryAssignedPayload,
  type DeliveryCanceledPayload,
  type DeliveryDeliveredPayload,
  type DeliveryFailedPayload,
  type DeliveryRefusedPayload,
  type DeliveryReinstatedPayload,
  type DeliveryReplannedPayload,
  type DeliveryRescheduledPayload,
  type DeliveryUnassignablePayload,
  type DeliveryUnassignedPayload,
  type DeliveryWithdrawnPayload,
  type EventEnvelope,
  type InstructionsChangedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import {
  assignmentForAgent,
  canceledForAgent,
  changeForAgent,
  NotifyAgent,
  WithdrawMessages,
  withdrawnForAgent,
} from '../inbox/inbox.module.js';
import { NotifyPartner } from './notify-partner.js';
import {
  acknowledgedForPartner,
  assignedForPartner,
  canceledForPartner,
  deliveredForPartner,
  failedForPartner,
  optedOutForPartner,
  refusedForPartner,
  reinstatedForPartner,
  rescheduledForPartner,
  outForDeliveryForPartner,
  unassignableForPartner,
} from './partner-notification.js';

/** Consumes every event about a delivery and notifies its agent, the partner, or both. */
@Controller()
export class DeliveryEventsConsumer {
  constructor(
    private readonly notifyAgent: NotifyAgent,
    private readonly notifyPartner: NotifyPartner,
    private readonly withdrawMessages: WithdrawMessages,
  ) {}

  @OnEvent(DeliveryAssigned)
  async assigned(event: EventEnvelope<DeliveryAssignedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyAgent.execute(organizationId, assignmentForAgent(event), tx);
    await this.notifyPartner.execute(organizationId, event, assignedForPartner(event), tx);
  }

  @OnEvent(InstructionsChanged)
  async changed(event: EventEnvelope<InstructionsChangedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyAgent.execute(organizationId, changeForAgent(event), tx);
  }

  @OnEvent(DeliveryAcknowledged)
  async acknowledged(
    event: EventEnvelope<DeliveryAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, acknowledgedForPartner(event), tx);
  }

  @OnEvent(DeliveryRescheduled)
  async rescheduled(
    event: EventEnvelope<DeliveryRescheduledPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, rescheduledForPartner(event), tx);
  }

  /** Sends the same webhook as for a reschedule: partners do not distinguish who moved the delivery. */
  @OnEvent(DeliveryReplanned)
  async replanned(event: EventEnvelope<DeliveryReplannedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, rescheduledForPartner(event), tx);
  }

  @OnEvent(DeliveryWithdrawn)
  async withdrawn(event: EventEnvelope<DeliveryWithdrawnPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyAgent.execute(organizationId, withdrawnForAgent(event), tx);
  }

  @OnEvent(DeliveryCanceled)
  async canceled(event: EventEnvelope<DeliveryCanceledPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { agentId } = event.payload;
    if (agentId !== undefined) await this.notifyAgent.execute(organizationId, canceledForAgent(event, agentId), tx);
    await this.notifyPartner.execute(organizationId, event, canceledForPartner(event), tx);
  }

  @OnEvent(DeliveryOutForDelivery)
  async outForDelivery(event: EventEnvelope<AgentFact>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, outForDeliveryForPartner(event), tx);
  }

  @OnEvent(DeliveryDelivered)
  async delivered(event: EventEnvelope<DeliveryDeliveredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, deliveredForPartner(event), tx);
  }

  @OnEvent(DeliveryFailed)
  async failed(event: EventEnvelope<DeliveryFailedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, failedForPartner(event), tx);
  }

  @OnEvent(DeliveryRefused)
  async refused(event: EventEnvelope<DeliveryRefusedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, refusedForPartner(event), tx);
  }

  @OnEvent(DeliveryReinstated)
  async reinstated(
    event: EventEnvelope<DeliveryReinstatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, reinstatedForPartner(event), tx);
  }

  @OnEvent(DeliveryUnassignable)
  async unassignable(
    event: EventEnvelope<DeliveryUnassignablePayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, unassignableForPartner(event), tx);
  }

  @OnEvent(CustomerOptedOut)
  async optedOut(event: EventEnvelope<CustomerOptedOutPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, optedOutForPartner(event), tx);
  }

  @OnEvent(DeliveryUnassigned)
  async unassigned(
    event: EventEnvelope<DeliveryUnassignedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.withdrawMessages.execute(organizationId, event.payload.deliveryId, event.sequence, tx);
  }
}
