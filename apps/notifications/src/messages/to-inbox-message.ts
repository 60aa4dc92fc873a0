import type { InboxMessage } from '#libs/contracts/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';

/** Maps a stored message to its contract. */
export function toInboxMessage(document: InboxMessageDocument): InboxMessage {
  const { _id, agentId, sequence, messageKind, deliveryId, reference, summary } = document;
  const { customerName, address, position, window, instructions, transcript, recordingId } = document;
  const { acknowledgedAt, listenedAt } = document;
  return {
    messageId: _id,
    agentId,
    sequence,
    messageKind,
    deliveryId,
    reference,
    summary,
    ...(customerName === undefined ? {} : { customerName }),
    ...(address === undefined ? {} : { address }),
    ...(position === undefined ? {} : { position: [position[0], position[1]] }),
    ...(window === undefined ? {} : { window: { start: window.start.toISOString(), end: window.end.toISOString() } }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    createdAt: document.createdAt.toISOString(),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: acknowledgedAt.toISOString() }),
    ...(listenedAt === undefined ? {} : { listenedAt: listenedAt.toISOString() }),
  };
}
