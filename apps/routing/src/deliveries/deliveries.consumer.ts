import { Controller, Inject } from '@nestjs/common';
import {
  CreateDelivery as CreateDeliveryRpc,
  GetDelivery,
  ListDeliveries as ListDeliveriesRpc,
  type Delivery,
  type DeliveryInput,
  type DeliveryPage,
  type GetDeliveryRequest,
  type ListDeliveriesRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type RpcContext, type QueryContext } from '#libs/messaging/index.js';
import { CreateDelivery } from './create-delivery.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ListDeliveries } from './list-deliveries.js';

@Controller()
export class DeliveriesConsumer {
  constructor(
    @Inject(CreateDelivery) private readonly createDelivery: CreateDelivery,
    @Inject(ListDeliveries) private readonly listDeliveries: ListDeliveries,
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
  ) {}

  @OnRpc(CreateDeliveryRpc)
  async create(request: DeliveryInput, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.createDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(GetDelivery)
  async get({ deliveryId }: GetDeliveryRequest, { organizationId }: QueryContext): Promise<Delivery> {
    return toDelivery(await this.deliveries.load(organizationId, deliveryId));
  }

  @OnRpc(ListDeliveriesRpc)
  list(request: ListDeliveriesRequest, { organizationId }: QueryContext): Promise<DeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }
}
