import type { Agent, Delivery } from '#libs/domain/assignment/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';

/** Instructions say 1 to 5; a delivery nobody asked about is a plain one. */
const complexityOf = (delivery: DeliveryDocument): number => delivery.instructions?.complexity ?? 1;

/** An agent as the solver sees them: what is left of their capacity after what they carry already. */
export function toSolverAgent(agent: AgentDocument, carried: readonly DeliveryDocument[]): Agent {
  const own = carried.filter((delivery) => delivery.agentId === agent._id);
  const left = (limit: number, taken: (delivery: DeliveryDocument) => number): number =>
    Math.max(0, limit - own.reduce((sum, delivery) => sum + taken(delivery), 0));
  const { count, weightGrams, volumeMl, minutes } = agent.capacity;
  return {
    id: agent._id,
    position: agent.position,
    skills: agent.skills,
    shift: agent.shift,
    breaks: agent.breaks,
    experience: agent.experience,
    declined: [],
    committed: own.length,
    capacity: {
      count: Math.max(0, count - own.length),
      ...(weightGrams === undefined
        ? {}
        : { weightGrams: left(weightGrams, (delivery) => delivery.parcel.weightGrams ?? 0) }),
      ...(volumeMl === undefined ? {} : { volumeMl: left(volumeMl, (delivery) => delivery.parcel.volumeMl ?? 0) }),
      ...(minutes === undefined ? {} : { minutes }),
    },
  };
}

/** A delivery as the solver sees it. */
export function toSolverDelivery(delivery: DeliveryDocument): Delivery {
  const { weightGrams, volumeMl } = delivery.parcel;
  return {
    id: delivery._id,
    position: delivery.customer.position,
    requires: delivery.requires,
    priority: delivery.priority,
    complexity: complexityOf(delivery),
    window: delivery.window,
    ...(weightGrams === undefined ? {} : { weightGrams }),
    ...(volumeMl === undefined ? {} : { volumeMl }),
  };
}
