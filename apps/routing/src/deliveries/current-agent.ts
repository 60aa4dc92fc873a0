import { DeliveryWithdrawn, type DeliveryState, type WithdrawalReason } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toDeliveryEventFields } from './delivery-process.js';

/** States in which an agent has the delivery: it uses the agent's capacity, and the agent knows of it. */
export const STATES_WITH_AGENT: readonly DeliveryState[] = ['assigned', 'acknowledged', 'out_for_delivery'];

/** Returns the id of the agent who has the delivery now; undefined if an agent only had it in the past. */
export const getCurrentAgentId = ({ state, agentId }: DeliveryDocument): string | undefined =>
  STATES_WITH_AGENT.includes(state) ? agentId : undefined;

/** Creates the event that withdraws the delivery from its agent; an empty list if no agent has it. */
export function toWithdrawalEvents(delivery: DeliveryDocument, reason: WithdrawalReason, now: Date): AggregateEvent[] {
  const agentId = getCurrentAgentId(delivery);
  return agentId === undefined
    ? []
    : [createAggregateEvent(DeliveryWithdrawn, { ...toDeliveryEventFields(delivery), agentId, reason }, now)];
}

/** Removes the agent, the assignment, and the reason why no agent could be assigned. */
export function withoutAgent(delivery: DeliveryDocument): DeliveryDocument {
  const {
    agentId: _agentId,
    agentName: _agentName,
    assignment: _assignment,
    unassignableReason: _unassignableReason,
    pinned: _pinned,
    assignedAt: _assignedAt,
    ...rest
  } = delivery;
  return rest;
}

/** Unassigns the delivery, and excludes this agent from further plans for it. */
export const withDeclinedAgent = (agentId: string, delivery: DeliveryDocument): DeliveryDocument => ({
  ...withoutAgent(delivery),
  declinedAgentIds: [...new Set([...(delivery.declinedAgentIds ?? []), agentId])],
});
