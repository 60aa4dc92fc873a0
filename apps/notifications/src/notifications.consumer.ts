import { Controller } from '@nestjs/common';
import {
  AgentCreated,
  AgentDeactivated,
  AgentUpdated,
  CustomerErased,
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
  DeliverySetOut,
  DeliveryUnassignable,
  DeliveryUnassigned,
  DeliveryWithdrawn,
  InstructionsChanged,
  MessageStatusChanged,
  type AgentDeactivatedPayload,
  type AgentFacts,
  type CustomerErasedPayload,
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
  type MessageStatusPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { KeepReader } from './announcements/keep-reader.js';
import { ForgetCustomer } from './customer-data/forget-customer.js';
import { ForgetAgentDevices } from './devices/forget-agent-devices.js';
import { KeepAgentPhone } from './devices/keep-agent-phone.js';
import { assignmentNews, canceledNews, changeNews, withdrawnNews } from './inbox/agent-news.js';
import { TellAgent } from './inbox/tell-agent.js';
import { WithdrawMessages } from './inbox/withdraw-messages.js';
import { RecordMessageStatus } from './ladder/record-message-status.js';
import { QueueWebhooks } from './webhooks/queue-webhooks.js';
import {
  acknowledgedNews,
  assignedNews,
  canceledNews as partnerCanceledNews,
  deliveredNews,
  failedNews,
  optedOutNews,
  refusedNews,
  reinstatedNews,
  rescheduledNews,
  setOutNews,
  unassignableNews,
} from './webhooks/webhook-payload.js';

/** Every event this app hears, and whom each concerns: the agent, the partner, or our own books. */
@Controller()
export class NotificationsConsumer {
  constructor(
    private readonly tellAgent: TellAgent,
    private readonly queueWebhooks: QueueWebhooks,
    private readonly withdrawMessages: WithdrawMessages,
    private readonly forgetCustomer: ForgetCustomer,
    private readonly forgetAgentDevices: ForgetAgentDevices,
    private readonly keepAgentPhone: KeepAgentPhone,
    private readonly keepReader: KeepReader,
    private readonly recordMessageStatus: RecordMessageStatus,
  ) {}

  @OnEvent(DeliveryAssigned)
  async assigned(event: EventEnvelope<DeliveryAssignedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.tellAgent.execute(organizationId, assignmentNews(event), tx);
    await this.queueWebhooks.execute(organizationId, event, assignedNews(event), tx);
  }

  @OnEvent(InstructionsChanged)
  async changed(event: EventEnvelope<InstructionsChangedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.tellAgent.execute(organizationId, changeNews(event), tx);
  }

  @OnEvent(DeliveryAcknowledged)
  async acknowledged(
    event: EventEnvelope<DeliveryAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, acknowledgedNews(event), tx);
  }

  @OnEvent(DeliveryRescheduled)
  async rescheduled(
    event: EventEnvelope<DeliveryRescheduledPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, rescheduledNews(event), tx);
  }

  /** For the partner it is moved all the same, whoever moved it. */
  @OnEvent(DeliveryReplanned)
  async replanned(event: EventEnvelope<DeliveryReplannedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, rescheduledNews(event), tx);
  }

  @OnEvent(DeliveryWithdrawn)
  async withdrawn(event: EventEnvelope<DeliveryWithdrawnPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.tellAgent.execute(organizationId, withdrawnNews(event), tx);
  }

  @OnEvent(DeliveryCanceled)
  async canceled(event: EventEnvelope<DeliveryCanceledPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { agentId } = event.payload;
    if (agentId !== undefined) await this.tellAgent.execute(organizationId, canceledNews(event, agentId), tx);
    await this.queueWebhooks.execute(organizationId, event, partnerCanceledNews(event), tx);
  }

  @OnEvent(DeliverySetOut)
  async setOut(event: EventEnvelope<AgentFact>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, setOutNews(event), tx);
  }

  @OnEvent(DeliveryDelivered)
  async delivered(event: EventEnvelope<DeliveryDeliveredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, deliveredNews(event), tx);
  }

  @OnEvent(DeliveryFailed)
  async failed(event: EventEnvelope<DeliveryFailedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, failedNews(event), tx);
  }

  @OnEvent(DeliveryRefused)
  async refused(event: EventEnvelope<DeliveryRefusedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, refusedNews(event), tx);
  }

  @OnEvent(DeliveryReinstated)
  async reinstated(
    event: EventEnvelope<DeliveryReinstatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, reinstatedNews(event), tx);
  }

  @OnEvent(DeliveryUnassignable)
  async unassignable(
    event: EventEnvelope<DeliveryUnassignablePayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, unassignableNews(event), tx);
  }

  @OnEvent(CustomerOptedOut)
  async optedOut(event: EventEnvelope<CustomerOptedOutPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.queueWebhooks.execute(organizationId, event, optedOutNews(event), tx);
  }

  @OnEvent(DeliveryUnassigned)
  async unassigned(
    event: EventEnvelope<DeliveryUnassignedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.withdrawMessages.execute(organizationId, event.payload.deliveryId, event.sequence, tx);
  }

  @OnEvent(CustomerErased)
  async erased(event: EventEnvelope<CustomerErasedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.forgetCustomer.execute(organizationId, event.payload, tx);
  }

  @OnEvent(AgentCreated)
  async agentCreated(event: EventEnvelope<AgentFacts>, { organizationId, tx }: EventContext): Promise<void> {
    await this.keepAgentPhone.execute(organizationId, event, tx);
    await this.keepReader.execute(organizationId, event, tx);
  }

  @OnEvent(AgentUpdated)
  async agentUpdated(event: EventEnvelope<AgentFacts>, { organizationId, tx }: EventContext): Promise<void> {
    await this.keepAgentPhone.execute(organizationId, event, tx);
    await this.keepReader.execute(organizationId, event, tx);
  }

  @OnEvent(AgentDeactivated)
  async agentDeactivated(
    event: EventEnvelope<AgentDeactivatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.forgetAgentDevices.execute(organizationId, event, tx);
  }

  @OnEvent(MessageStatusChanged)
  async messageStatus(event: EventEnvelope<MessageStatusPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.recordMessageStatus.execute(organizationId, event.payload, tx);
  }
}
