import { Injectable } from '@nestjs/common';
import type { InboxMessage } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { isAssignedTo, type AssignmentSnapshot } from './decide-message.js';
import { AssignmentSnapshotRepository } from './assignment-snapshot.repository.js';
import { toInboxMessage } from '../messages/messages.module.js';

/** Maps messages to what their agent sees: access codes are masked once the agent no longer has the delivery. */
@Injectable()
export class PresentMessages {
  constructor(private readonly snapshots: AssignmentSnapshotRepository) {}

  async execute(
    organizationId: OrganizationId,
    messages: readonly InboxMessageDocument[],
    tx?: Transaction,
  ): Promise<InboxMessage[]> {
    const deliveryIds = new Set(messages.filter(mayHoldAccessCode).map(({ deliveryId }) => deliveryId));
    const snapshots = await this.snapshots.findByDeliveries(organizationId, [...deliveryIds], tx);
    return messages.map((message) => toVisibleMessage(snapshots.get(message.deliveryId), message));
  }

  async presentOne(
    organizationId: OrganizationId,
    message: InboxMessageDocument,
    tx: Transaction,
  ): Promise<InboxMessage> {
    const { deliveryId } = message;
    const snapshot = mayHoldAccessCode(message) ? await this.snapshots.findById(organizationId, deliveryId, tx) : null;
    return toVisibleMessage(snapshot ?? undefined, message);
  }
}

/** Only messages with instructions or a transcript can contain an access code. */
const mayHoldAccessCode = ({ instructions, transcript }: InboxMessageDocument): boolean =>
  Boolean(instructions ?? transcript);

function toVisibleMessage(snapshot: AssignmentSnapshot | undefined, message: InboxMessageDocument): InboxMessage {
  const inboxMessage = toInboxMessage(message);
  return !mayHoldAccessCode(message) || (snapshot && isAssignedTo(snapshot, message.agentId))
    ? inboxMessage
    : withoutAccessCodes(inboxMessage);
}
