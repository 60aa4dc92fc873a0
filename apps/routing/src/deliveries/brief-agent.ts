import { createHash } from 'node:crypto';
import { DeliveryAssigned, InstructionsChanged } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { AgentBriefing } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { getCurrentAgentId } from './current-agent.js';
import { toDeliveryEventFields } from './delivery-process.js';

type BriefedFields = Pick<DeliveryDocument, 'instructions' | 'transcript' | 'recordingId'>;

/**
 * Adds the event that notifies a delivery's agent of changes in the customer's instructions since the last briefing.
 * Compares the briefing with the current instructions instead of reacting to events, so that no change is missed.
 * @param events the events emitted with the delivery; an assignment among them contains the complete briefing
 * @returns the delivery with its current briefing, and the events with `InstructionsChanged` added if the
 *   instructions changed
 */
export function briefAgent(
  delivery: DeliveryDocument,
  events: readonly AggregateEvent[],
): { readonly delivery: DeliveryDocument; readonly events: readonly AggregateEvent[] } {
  const { agentBriefing, ...rest } = delivery;
  const agentId = getCurrentAgentId(delivery);
  if (agentId === undefined) return { delivery: agentBriefing ? rest : delivery, events };
  const digest = toDigest(delivery);
  const briefed = { ...rest, agentBriefing: { agentId, digest } };
  if (events.some(({ contract }) => contract === DeliveryAssigned)) return { delivery: briefed, events };
  const lastBriefing = agentBriefing ?? toLegacyBriefing(delivery, agentId);
  if (lastBriefing.agentId === agentId && lastBriefing.digest === digest) return { delivery, events };
  return delivery.instructions === undefined
    ? { delivery, events }
    : { delivery: briefed, events: [...events, toInstructionsChanged(delivery, agentId)] };
}

function toInstructionsChanged(delivery: DeliveryDocument, agentId: string): AggregateEvent {
  const { instructions = { complexity: 1 }, transcript, recordingId, updatedAt } = delivery;
  const payload = {
    ...toDeliveryEventFields(delivery),
    agentId,
    instructions,
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return createAggregateEvent(InstructionsChanged, payload, updatedAt);
}

/**
 * Reconstructs the briefing of a delivery that an earlier version of DelAuto assigned: the instructions at that time.
 * If contact facts were stored since then, those instructions are in `contactFacts.earlier`.
 */
const toLegacyBriefing = (delivery: DeliveryDocument, agentId: string): AgentBriefing => ({
  agentId,
  digest: toDigest(delivery.contactFacts ? (delivery.contactFacts.earlier ?? {}) : delivery),
});

const toDigest = ({ instructions, transcript, recordingId }: BriefedFields): string =>
  createHash('sha256')
    .update(JSON.stringify([instructions ?? null, transcript ?? null, recordingId ?? null], withSortedKeys))
    .digest('hex');

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
