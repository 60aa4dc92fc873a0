import { createHash } from 'node:crypto';
import { DeliveryAssigned, InstructionsChanged } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { AgentBriefing } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { holderOf } from './delivery-holder.js';
import { factOf } from './delivery-process.js';

type Wishes = Pick<DeliveryDocument, 'instructions' | 'transcript' | 'recordingId'>;

/**
 * Tells the agent who has a delivery what changed in the customer's wishes since they were last told. It is derived from the
 * difference between what they know and what holds, not from what happened: no change, whatever caused it, is missed.
 * @param events that are emitted with the delivery; an assignment tells its agent everything
 * @returns the delivery with what its agent knows then, and the events with the news for them, if there is any
 */
export function briefAgent(
  delivery: DeliveryDocument,
  events: readonly AggregateEvent[],
): { readonly delivery: DeliveryDocument; readonly events: readonly AggregateEvent[] } {
  const { agentBriefing, ...rest } = delivery;
  const agentId = holderOf(delivery);
  if (agentId === undefined) return { delivery: agentBriefing ? rest : delivery, events };
  const digest = digestOf(delivery);
  const briefed = { ...rest, agentBriefing: { agentId, digest } };
  if (events.some(({ contract }) => contract === DeliveryAssigned)) return { delivery: briefed, events };
  const known = agentBriefing ?? legacyBriefing(delivery, agentId);
  if (known.agentId === agentId && known.digest === digest) return { delivery, events };
  return delivery.instructions === undefined
    ? { delivery, events }
    : { delivery: briefed, events: [...events, instructionsChanged(delivery, agentId)] };
}

function instructionsChanged(delivery: DeliveryDocument, agentId: string): AggregateEvent {
  const { instructions = { complexity: 1 }, transcript, recordingId, updatedAt } = delivery;
  const payload = {
    ...factOf(delivery),
    ...{ agentId, instructions },
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return aggregateEvent(InstructionsChanged, payload, updatedAt);
}

/** An agent who was given it by an earlier version knows what that version had told. */
const legacyBriefing = (delivery: DeliveryDocument, agentId: string): AgentBriefing => ({
  agentId,
  digest: digestOf(delivery.contactFacts ? (delivery.contactFacts.earlier ?? {}) : delivery),
});

const digestOf = ({ instructions, transcript, recordingId }: Wishes): string =>
  createHash('sha256')
    .update(JSON.stringify([instructions ?? null, transcript ?? null, recordingId ?? null], withSortedKeys))
    .digest('hex');

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
