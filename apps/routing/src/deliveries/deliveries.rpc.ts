import { Controller } from '@nestjs/common';
import {
  GetDeliveryAgentRpc,
  GetDeliveryRpc,
  ListDeliveriesRpc,
  type Delivery,
  type DeliveryAgent,
  type DeliveryPage,
  type GetDeliveryAgentRequest,
  type GetDeliveryRequest,
  type ListDeliveriesRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository } from './delivery.repository.js';
import { FindDeliveryAgent } from './find-delivery-agent.js';
import { ListDeliveries } from './list-deliveries.js';

/** Queries of deliveries. */
@Controller()
export class DeliveriesRpc {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly listDeliveries: ListDeliveries,
    private readonly findDeliveryAgent: FindDeliveryAgent,
  ) {}

  @OnRpc(GetDeliveryRpc)
  async get({ deliveryId }: GetDeliveryRequest, { organizationId }: QueryContext): Promise<Delivery> {
    return toDelivery(await this.deliveries.load(organizationId, deliveryId));
  }

  @OnRpc(ListDeliveriesRpc)
  list(request: ListDeliveriesRequest, { organizationId }: QueryContext): Promise<DeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }

  @OnRpc(GetDeliveryAgentRpc)
  getAgent({ deliveryId }: GetDeliveryAgentRequest, { organizationId }: QueryContext): Promise<DeliveryAgent> {
    return this.findDeliveryAgent.execute(organizationId, deliveryId);
  }
}
