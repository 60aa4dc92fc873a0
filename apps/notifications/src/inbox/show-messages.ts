import { Inject, Injectable } from '@nestjs/common';
import type { InboxMessage } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/mask-access-codes.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/inbox-messages.js';
import { isWith } from './decide-message.js';
import { DeliveryBriefRepository } from './delivery-brief.repository.js';
import { toInboxMessage } from './to-inbox-message.js';

/** Messages as their agent may see them: what opens a door is covered once the delivery is not with them any more. */
@Injectable()
export class ShowMessages {
  constructor(@Inject(DeliveryBriefRepository) private readonly briefs: DeliveryBriefRepository) {}

  async execute(
    organizationId: OrganizationId,
    messages: readonly InboxMessageDocument[],
    tx?: Transaction,
  ): Promise<InboxMessage[]> {
    const telling = messages.filter(({ instructions, transcript }) => instructions ?? transcript);
    const briefs = await this.briefs.ofDeliveries(organizationId, [...new Set(telling.map(deliveryOf))], tx);
    return messages.map((message) => {
      const shown = toInboxMessage(message);
      if (!telling.includes(message)) return shown;
      const brief = briefs.get(message.deliveryId);
      return brief && isWith(brief, message.agentId) ? shown : withoutAccessCodes(shown);
    });
  }
}

const deliveryOf = ({ deliveryId }: InboxMessageDocument): string => deliveryId;
