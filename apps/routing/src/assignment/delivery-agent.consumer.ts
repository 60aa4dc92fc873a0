import { Controller, Inject } from '@nestjs/common';
import { GetDeliveryAgent, type DeliveryAgent, type GetDeliveryAgentRequest } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';

/** Tells other apps whose delivery it is. */
@Controller()
export class DeliveryAgentConsumer {
  constructor(@Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository) {}

  @OnRpc(GetDeliveryAgent)
  async agentOf({ deliveryId }: GetDeliveryAgentRequest, { organizationId }: QueryContext): Promise<DeliveryAgent> {
    const { agentId } = await this.deliveries.load(organizationId, deliveryId);
    return { deliveryId, ...(agentId === undefined ? {} : { agentId }) };
  }
}
