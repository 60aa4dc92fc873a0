import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { InboxMessageAdded, type InboxMessageKind } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { ScheduleEscalation, StopEscalation } from '../escalation/escalation.module.js';
import { AgentInboxRepository } from './agent-inbox.repository.js';
import { decideNotification, summarizeNotification, type AgentNotification } from './agent-notification.js';
import type { MessageDecision } from './decide-message.js';
import { AssignmentSnapshotRepository } from './assignment-snapshot.repository.js';
import { InboxMessageRepository, toInboxMessage } from '../messages/messages.module.js';

/** The kinds of message that end an agent's assignment. */
const END_KINDS: readonly InboxMessageKind[] = ['delivery_canceled', 'delivery_withdrawn'];

/**
 * Whether a message about a delivery supersedes an older one. It always does for the same agent. For another agent, an
 * assignment or change supersedes an assignment or change. A cancellation or withdrawal must still reach its agent, so
 * it neither supersedes another agent's message nor is superseded by one.
 */
function supersedes(newer: InboxMessageDocument, older: InboxMessageDocument): boolean {
  if (newer.agentId === older.agentId) return true;
  return !END_KINDS.includes(newer.messageKind) && !END_KINDS.includes(older.messageKind);
}

type NotifyDecision = Extract<MessageDecision, { shouldNotify: true }>;

/** Adds a message to an agent's inbox and schedules its escalation. Drops outdated notifications. */
@Injectable()
export class NotifyAgent {
  private readonly logger = new Logger(NotifyAgent.name);

  constructor(
    private readonly snapshots: AssignmentSnapshotRepository,
    private readonly inboxes: AgentInboxRepository,
    private readonly messages: InboxMessageRepository,
    private readonly scheduleEscalation: ScheduleEscalation,
    private readonly stopEscalation: StopEscalation,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, notification: AgentNotification, tx: Transaction): Promise<void> {
    const { deliveryId } = notification;
    const snapshot = await this.snapshots.findById(organizationId, deliveryId, tx);
    const decision = decideNotification(snapshot ?? {}, notification);
    if (!decision.shouldNotify) {
      this.logger.log({ deliveryId, reason: decision.reason }, 'Outdated notification dropped');
      return;
    }
    await this.snapshots.store(organizationId, deliveryId, decision.snapshot, tx);
    const inbox = await this.inboxes.loadOrCreate(organizationId, decision.agentId, tx);
    const now = this.clock.now();
    const message = toMessage(notification, decision, inbox.lastMessageSequence + 1, now);
    await this.supersedeOlder(organizationId, { ...message, organizationId }, now, tx);
    await this.messages.insert(organizationId, message, tx);
    const addedMessage = toInboxMessage({ ...message, organizationId });
    await this.inboxes.save(tx, organizationId, { ...inbox, lastMessageSequence: message.sequence }, [
      createAggregateEvent(InboxMessageAdded, addedMessage, now),
    ]);
    await this.scheduleEscalation.execute(organizationId, message._id, now, tx);
    const { _id: messageId, agentId, sequence } = message;
    tx.afterCommit(() => this.logger.log({ deliveryId, messageId, agentId, sequence }, 'Message added to inbox'));
  }

  /** Stops the escalation of older messages about the same delivery. */
  private async supersedeOlder(
    organizationId: OrganizationId,
    newer: InboxMessageDocument,
    at: Date,
    tx: Transaction,
  ): Promise<void> {
    for (const older of await this.messages.listOpenForDelivery(organizationId, newer.deliveryId, tx)) {
      if (!supersedes(newer, older)) continue;
      await this.messages.supersede(organizationId, older._id, at, tx);
      await this.stopEscalation.execute(older._id, tx);
    }
  }
}

function toMessage(
  notification: AgentNotification,
  decision: NotifyDecision,
  sequence: number,
  createdAt: Date,
): Omit<InboxMessageDocument, 'organizationId'> {
  const { place, instructions, transcript, recordingId } = decision;
  return {
    _id: createId('msg'),
    agentId: decision.agentId,
    sequence,
    messageKind: notification.kind,
    deliveryId: notification.deliveryId,
    reference: notification.reference,
    ...(place ? { customerName: place.customerName, position: place.position, window: place.window } : {}),
    ...(place?.address === undefined ? {} : { address: place.address }),
    summary: summarizeNotification(notification, instructions),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    createdAt,
    lastChannel: 'websocket',
  };
}
