import { FlagField, IdField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';

export class GetDeliveryAgentRequest {
  @IdField() deliveryId!: string;
}

export class DeliveryAgent {
  @IdField() deliveryId!: string;
  @IdField({ optional: true, description: 'The agent it is with; absent while it is with nobody.' }) agentId?: string;
  @FlagField({ optional: true, description: 'They may see now what opens the customer’s door: on the day only.' })
  showsCodes?: boolean;
}

export const GetDeliveryAgentRpc = defineQuery({
  subject: 'rpc.routing.delivery.agent.v1',
  request: GetDeliveryAgentRequest,
  reply: DeliveryAgent,
  callers: ['telephony', 'transcription'],
  summary: 'With which agent a delivery is: only they may hear and read what its customer said.',
});
