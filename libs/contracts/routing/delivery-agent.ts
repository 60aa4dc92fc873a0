import { FlagField, IdField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';

export class GetDeliveryAgentRequest {
  @IdField() deliveryId!: string;
}

/** The agent to whom a delivery is assigned. */
export class DeliveryAgent {
  @IdField() deliveryId!: string;
  @IdField({ optional: true, description: 'The agent who has the delivery. Absent while no agent has it.' })
  agentId?: string;
  @FlagField({
    optional: true,
    description: 'Whether the agent may see access codes now. True only on the day of the delivery.',
  })
  showsCodes?: boolean;
}

export const GetDeliveryAgentRpc = defineQuery({
  subject: 'rpc.routing.delivery.agent.v1',
  request: GetDeliveryAgentRequest,
  reply: DeliveryAgent,
  callers: ['telephony', 'transcription'],
  summary: 'Returns the agent who has a delivery. Only that agent may hear and read what the customer said.',
});
