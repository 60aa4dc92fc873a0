import { Controller } from '@nestjs/common';
import {
  CancelDeliveryRpc,
  CreateDeliveryRpc,
  GetDeliveryRpc,
  ListDeliveriesRpc,
  RescheduleDeliveryRpc,
  UpdateDeliveryRpc,
  type CancelDeliveryRequest,
  type Delivery,
  type DeliveryInput,
  type DeliveryPage,
  type GetDeliveryRequest,
  type ListDeliveriesRequest,
  type RescheduleDeliveryRequest,
  type UpdateDeliveryRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type RpcContext, type QueryContext } from '#libs/messaging/index.js';
import { CancelDelivery } from './cancel-delivery.js';
import { CreateDelivery } from './create-delivery.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ListDeliveries } from './list-deliveries.js';
import { RescheduleDelivery } from './reschedule-delivery.js';
import { UpdateDelivery } from './update-delivery.js';

@Controller()
export class DeliveriesConsumer {
  constructor(
    private readonly createDelivery: CreateDelivery,
    private readonly updateDelivery: UpdateDelivery,
    private readonly rescheduleDelivery: RescheduleDelivery,
    private readonly cancelDelivery: CancelDelivery,
    private readonly listDeliveries: ListDeliveries,
    private readonly deliveries: DeliveryRepository,
  ) {}

  @OnRpc(CreateDeliveryRpc)
  async create(request: DeliveryInput, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.createDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(UpdateDeliveryRpc)
  async update(request: UpdateDeliveryRequest, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.updateDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(RescheduleDeliveryRpc)
  async reschedule(request: RescheduleDeliveryRequest, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.rescheduleDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(CancelDeliveryRpc)
  async cancel(request: CancelDeliveryRequest, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.cancelDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(GetDeliveryRpc)
  async get({ deliveryId }: GetDeliveryRequest, { organizationId }: QueryContext): Promise<Delivery> {
    return toDelivery(await this.deliveries.load(organizationId, deliveryId));
  }

  @OnRpc(ListDeliveriesRpc)
  list(request: ListDeliveriesRequest, { organizationId }: QueryContext): Promise<DeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }
}
