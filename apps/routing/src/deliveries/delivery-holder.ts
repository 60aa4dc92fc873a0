import { DeliveryWithdrawn, type DeliveryState, type WithdrawalReason } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { factOf } from './delivery-process.js';

/** States in which an agent has the delivery: it takes of their capacity, and they know of it. */
export const WITH_AGENT: readonly DeliveryState[] = ['assigned', 'acknowledged', 'out_for_delivery'];

/** Who has the delivery now; one who had it in the past does not count. */
export const holderOf = ({ state, agentId }: DeliveryDocument): string | undefined =>
  WITH_AGENT.includes(state) ? agentId : undefined;

/** The event by which the agent who has it learns that it is theirs no more; none when nobody has it. */
export function withdrawal(delivery: DeliveryDocument, reason: WithdrawalReason, now: Date): AggregateEvent[] {
  const agentId = holderOf(delivery);
  return agentId === undefined
    ? []
    : [aggregateEvent(DeliveryWithdrawn, { ...factOf(delivery), agentId, reason }, now)];
}

/** The delivery as if it had never been given to anybody, nor found to be nobody's. */
export function withoutAgent(delivery: DeliveryDocument): DeliveryDocument {
  const {
    agentId: _agent,
    agentName: _name,
    assignment: _why,
    unassignableReason: _whyNot,
    pinned: _pin,
    assignedAt: _when,
    ...rest
  } = delivery;
  return rest;
}

/** Nobody's again, and given to this agent by no plan. */
export const declinedBy = (agentId: string, delivery: DeliveryDocument): DeliveryDocument => ({
  ...withoutAgent(delivery),
  declinedAgentIds: [...new Set([...(delivery.declinedAgentIds ?? []), agentId])],
});
