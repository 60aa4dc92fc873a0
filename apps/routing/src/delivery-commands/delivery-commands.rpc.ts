import { Controller } from '@nestjs/common';
import {
  CancelDeliveryRpc,
  CreateDeliveryRpc,
  RescheduleDeliveryRpc,
  UpdateDeliveryRpc,
  type CancelDeliveryRequest,
  type Delivery,
  type DeliveryInput,
  type RescheduleDeliveryRequest,
  type UpdateDeliveryRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { toDelivery } from '../deliveries/deliveries.module.js';
import { CancelDelivery } from './cancel-delivery.js';
import { CreateDelivery } from './create-delivery.js';
import { RescheduleDelivery } from './reschedule-delivery.js';
import { UpdateDelivery } from './update-delivery.js';

/** Commands of partners and dispatchers that change deliveries. */
@Controller()
export class DeliveryCommandsRpc {
  constructor(
    private readonly createDelivery: CreateDelivery,
    private readonly updateDelivery: UpdateDelivery,
    private readonly rescheduleDelivery: RescheduleDelivery,
    private readonly cancelDelivery: CancelDelivery,
  ) {}

  @OnRpc(CreateDeliveryRpc)
  async create(request: DeliveryInput, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.createDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(UpdateDeliveryRpc)
  async update(request: UpdateDeliveryRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.updateDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(RescheduleDeliveryRpc)
  async reschedule(request: RescheduleDeliveryRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.rescheduleDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(CancelDeliveryRpc)
  async cancel(request: CancelDeliveryRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.cancelDelivery.execute(organizationId, request, tx));
  }
}
