import { DeliveryAssigned, type AssignmentReason, type DeliveryAssignedPayload } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toDeliveryEventFields, toTimeWindow } from '../deliveries/deliveries.module.js';

/** Sets the agent of a delivery in state `assigned`, and creates the event that publishes the assignment. */
export function assignToAgent(
  agent: AgentDocument,
  assigned: DeliveryDocument,
  assignment: AssignmentReason,
  now: Date,
): { delivery: DeliveryDocument; event: AggregateEvent } {
  const { unassignableReason: _unassignableReason, ...rest } = assigned;
  const delivery: DeliveryDocument = {
    ...rest,
    agentId: agent._id,
    agentName: agent.name,
    assignment,
    assignedAt: now,
  };
  return {
    delivery,
    event: createAggregateEvent(DeliveryAssigned, toAssignedPayload(delivery, agent, assignment), now),
  };
}

function toAssignedPayload(
  delivery: DeliveryDocument,
  agent: AgentDocument,
  reason: AssignmentReason,
): DeliveryAssignedPayload {
  const { customer, instructions, transcript, recordingId, contactOutcome } = delivery;
  return {
    ...toDeliveryEventFields(delivery),
    agentId: agent._id,
    agentName: agent.name,
    customerName: customer.name,
    position: customer.position,
    window: toTimeWindow(delivery.window),
    reason,
    customerReached: delivery.customerReached,
    ...(customer.usualPlace === undefined || instructions?.safePlace ? {} : { usualPlace: customer.usualPlace }),
    ...(customer.address === undefined ? {} : { address: customer.address }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
    ...(contactOutcome === undefined ? {} : { contactOutcome }),
  };
}
