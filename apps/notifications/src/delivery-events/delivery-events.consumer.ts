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
  toAssignmentNotification,
  toCancellationNotification,
  toInstructionsNotification,
  NotifyAgent,
  WithdrawMessages,
  toWithdrawalNotification,
} from '../inbox/inbox.module.js';
import { NotifyPartner } from './notify-partner.js';
import {
  toDeliveryAcknowledgedWebhook,
  toDeliveryAssignedWebhook,
  toDeliveryCanceledWebhook,
  toDeliveryDeliveredWebhook,
  toDeliveryFailedWebhook,
  toCustomerOptedOutWebhook,
  toDeliveryRefusedWebhook,
  toDeliveryReinstatedWebhook,
  toDeliveryRescheduledWebhook,
  toDeliveryOutForDeliveryWebhook,
  toDeliveryUnassignableWebhook,
} from './partner-webhook.mapper.js';

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
    await this.notifyAgent.execute(organizationId, toAssignmentNotification(event), tx);
    await this.notifyPartner.execute(organizationId, event, toDeliveryAssignedWebhook(event), tx);
  }

  @OnEvent(InstructionsChanged)
  async changed(event: EventEnvelope<InstructionsChangedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyAgent.execute(organizationId, toInstructionsNotification(event), tx);
  }

  @OnEvent(DeliveryAcknowledged)
  async acknowledged(
    event: EventEnvelope<DeliveryAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryAcknowledgedWebhook(event), tx);
  }

  @OnEvent(DeliveryRescheduled)
  async rescheduled(
    event: EventEnvelope<DeliveryRescheduledPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryRescheduledWebhook(event), tx);
  }

  /** Sends the same webhook as for a reschedule: partners do not distinguish who moved the delivery. */
  @OnEvent(DeliveryReplanned)
  async replanned(event: EventEnvelope<DeliveryReplannedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryRescheduledWebhook(event), tx);
  }

  @OnEvent(DeliveryWithdrawn)
  async withdrawn(event: EventEnvelope<DeliveryWithdrawnPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyAgent.execute(organizationId, toWithdrawalNotification(event), tx);
  }

  @OnEvent(DeliveryCanceled)
  async canceled(event: EventEnvelope<DeliveryCanceledPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { agentId } = event.payload;
    if (agentId !== undefined)
      await this.notifyAgent.execute(organizationId, toCancellationNotification(event, agentId), tx);
    await this.notifyPartner.execute(organizationId, event, toDeliveryCanceledWebhook(event), tx);
  }

  @OnEvent(DeliveryOutForDelivery)
  async outForDelivery(event: EventEnvelope<AgentFact>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryOutForDeliveryWebhook(event), tx);
  }

  @OnEvent(DeliveryDelivered)
  async delivered(event: EventEnvelope<DeliveryDeliveredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryDeliveredWebhook(event), tx);
  }

  @OnEvent(DeliveryFailed)
  async failed(event: EventEnvelope<DeliveryFailedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryFailedWebhook(event), tx);
  }

  @OnEvent(DeliveryRefused)
  async refused(event: EventEnvelope<DeliveryRefusedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryRefusedWebhook(event), tx);
  }

  @OnEvent(DeliveryReinstated)
  async reinstated(
    event: EventEnvelope<DeliveryReinstatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryReinstatedWebhook(event), tx);
  }

  @OnEvent(DeliveryUnassignable)
  async unassignable(
    event: EventEnvelope<DeliveryUnassignablePayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toDeliveryUnassignableWebhook(event), tx);
  }

  @OnEvent(CustomerOptedOut)
  async optedOut(event: EventEnvelope<CustomerOptedOutPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.notifyPartner.execute(organizationId, event, toCustomerOptedOutWebhook(event), tx);
  }

  @OnEvent(DeliveryUnassigned)
  async unassigned(
    event: EventEnvelope<DeliveryUnassignedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.withdrawMessages.execute(organizationId, event.payload.deliveryId, event.sequence, tx);
  }
}
