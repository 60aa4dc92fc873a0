import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { InboxMessageAdded, type InboxMessageKind, type Instructions } from '#libs/contracts/index.js';
import { aggregateEvent, newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { ScheduleLadder } from '../ladder/schedule-ladder.js';
import { AgentInboxRepository } from './agent-inbox.repository.js';
import type { Brief, MessageDecision } from './decide-message.js';
import { DeliveryBriefRepository } from './delivery-brief.repository.js';
import { InboxMessageRepository } from './inbox-message.repository.js';
import { toInboxMessage } from './to-inbox-message.js';

/** News of a delivery for its agent, and how it is judged against what is known. */
export interface AgentNews {
  readonly deliveryId: string;
  readonly reference: string;
  readonly kind: InboxMessageKind;
  /** What to do, in one line, given what the customer wants. */
  readonly summarise: (instructions: Instructions | undefined) => string;
  readonly decide: (brief: Brief) => MessageDecision;
}

const ENDS: readonly InboxMessageKind[] = ['delivery_canceled', 'delivery_withdrawn'];

/**
 * Whether a message takes an older one's place. To the same agent, always. To another, work that is given outdates work
 * that was given, but that somebody shall not deliver any more must still reach them, and says nothing to others.
 */
function supersedes(newer: InboxMessageDocument, older: InboxMessageDocument): boolean {
  if (newer.agentId === older.agentId) return true;
  return !ENDS.includes(newer.messageKind) && !ENDS.includes(older.messageKind);
}

type Told = Extract<MessageDecision, { tell: true }>;

/** Puts a message into an agent's inbox and sets its ladder up; news older than what was told is dropped. */
@Injectable()
export class TellAgent {
  private readonly logger = new Logger(TellAgent.name);

  constructor(
    private readonly briefs: DeliveryBriefRepository,
    private readonly inboxes: AgentInboxRepository,
    private readonly messages: InboxMessageRepository,
    private readonly ladder: ScheduleLadder,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, news: AgentNews, tx: Transaction): Promise<void> {
    const { deliveryId } = news;
    const decision = news.decide((await this.briefs.findById(organizationId, deliveryId, tx)) ?? {});
    if (!decision.tell) {
      this.logger.log({ deliveryId, reason: decision.reason }, 'Outdated news is not told');
      return;
    }
    await this.briefs.keep(organizationId, deliveryId, decision.brief, tx);
    const inbox = await this.inboxes.open(organizationId, decision.agentId, tx);
    const now = this.clock.now();
    const message = messageOf(news, decision, inbox.lastMessageSequence + 1, now);
    await this.supersedeOlder(organizationId, { ...message, organizationId }, now, tx);
    await this.messages.insert(organizationId, message, tx);
    const added = toInboxMessage({ ...message, organizationId });
    await this.inboxes.save(tx, organizationId, { ...inbox, lastMessageSequence: message.sequence }, [
      aggregateEvent(InboxMessageAdded, added, now),
    ]);
    await this.ladder.execute(organizationId, message._id, now, tx);
    const { _id: messageId, agentId, sequence } = message;
    tx.afterCommit(() =>
      this.logger.log({ deliveryId, messageId, agentId, sequence }, 'A message waits for the agent'),
    );
  }

  /** Of several messages about one delivery only the newest is still pressed on an agent. */
  private async supersedeOlder(
    organizationId: OrganizationId,
    newer: InboxMessageDocument,
    at: Date,
    tx: Transaction,
  ): Promise<void> {
    for (const older of await this.messages.listOpenAbout(organizationId, newer.deliveryId, tx)) {
      if (!supersedes(newer, older)) continue;
      await this.messages.supersede(organizationId, older._id, at, tx);
      await this.ladder.stop(older._id, tx);
    }
  }
}

function messageOf(
  news: AgentNews,
  told: Told,
  sequence: number,
  createdAt: Date,
): Omit<InboxMessageDocument, 'organizationId'> {
  const { place, instructions, transcript, recordingId } = told;
  return {
    _id: newId('msg'),
    agentId: told.agentId,
    sequence,
    messageKind: news.kind,
    deliveryId: news.deliveryId,
    reference: news.reference,
    ...(place ? { customerName: place.customerName, position: place.position, window: place.window } : {}),
    ...(place?.address === undefined ? {} : { address: place.address }),
    summary: news.summarise(instructions),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    createdAt,
    lastChannel: 'websocket',
  };
}
