import { Injectable } from '@nestjs/common';
import type { InboxMessage } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { isWith, type Brief } from './decide-message.js';
import { DeliveryBriefRepository } from './delivery-brief.repository.js';
import { toInboxMessage } from '../messages/messages.module.js';

/** Messages as their agent may see them: what opens a door is covered once the delivery is not with them any more. */
@Injectable()
export class ShowMessages {
  constructor(private readonly briefs: DeliveryBriefRepository) {}

  async execute(
    organizationId: OrganizationId,
    messages: readonly InboxMessageDocument[],
    tx?: Transaction,
  ): Promise<InboxMessage[]> {
    const about = new Set(messages.filter(tells).map(({ deliveryId }) => deliveryId));
    const briefs = await this.briefs.ofDeliveries(organizationId, [...about], tx);
    return messages.map((message) => shownWith(briefs.get(message.deliveryId), message));
  }

  async one(organizationId: OrganizationId, message: InboxMessageDocument, tx: Transaction): Promise<InboxMessage> {
    const { deliveryId } = message;
    const brief = tells(message) ? await this.briefs.findById(organizationId, deliveryId, tx) : null;
    return shownWith(brief ?? undefined, message);
  }
}

/** Whether a customer's words are in it, or what was understood of them. */
const tells = ({ instructions, transcript }: InboxMessageDocument): boolean => Boolean(instructions ?? transcript);

function shownWith(brief: Brief | undefined, message: InboxMessageDocument): InboxMessage {
  const shown = toInboxMessage(message);
  return !tells(message) || (brief && isWith(brief, message.agentId)) ? shown : withoutAccessCodes(shown);
}
