import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ChoiceField,
  CreateDelivery,
  DELIVERY_STATES,
  DeliveryInput,
  GetDelivery,
  GetTimeline,
  IntegerField,
  ListDeliveries,
  TextField,
  type Delivery,
  type DeliveryPage,
  type DeliveryState,
  type Timeline,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { ContractBody, ContractQuery } from '../http/contract-body.js';
import { CommandId } from '../http/idempotency.js';

const DEFAULT_PAGE = 50;

class DeliveriesQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(DELIVERY_STATES, { optional: true }) state?: DeliveryState;
}

@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Post()
  @Allow('deliveries:write')
  @HttpCode(201)
  create(
    @ContractBody(DeliveryInput) input: DeliveryInput,
    @AsMember() { organizationId }: Member,
    @CommandId() command: { commandId?: string },
  ): Promise<Delivery> {
    return this.rpc.call(CreateDelivery, input, { organizationId, ...command });
  }

  @Get()
  @Allow('deliveries:read')
  list(
    @ContractQuery(DeliveriesQuery) query: DeliveriesQuery,
    @AsMember() { organizationId }: Member,
  ): Promise<DeliveryPage> {
    return this.rpc.call(ListDeliveries, { ...query, limit: query.limit ?? DEFAULT_PAGE }, { organizationId });
  }

  @Get(':deliveryId')
  @Allow('deliveries:read')
  get(@Param('deliveryId') deliveryId: string, @AsMember() { organizationId }: Member): Promise<Delivery> {
    return this.rpc.call(GetDelivery, { deliveryId }, { organizationId });
  }

  /** The delivery's whole story, one readable line an event. */
  @Get(':deliveryId/timeline')
  @Allow('deliveries:read')
  timeline(@Param('deliveryId') deliveryId: string, @AsMember() { organizationId }: Member): Promise<Timeline> {
    return this.rpc.call(GetTimeline, { deliveryId }, { organizationId });
  }
}
