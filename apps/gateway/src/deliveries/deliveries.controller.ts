import { Controller, Inject, Param } from '@nestjs/common';
import {
  ChoiceField,
  CreateDelivery,
  Delivery,
  DeliveryPage,
  Timeline,
  DELIVERY_STATES,
  DeliveryInput,
  GetDelivery,
  GetTimeline,
  IntegerField,
  ListDeliveries,
  TextField,
  type DeliveryState,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody, ContractQuery } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

const DEFAULT_PAGE = 50;

class DeliveriesQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(DELIVERY_STATES, { optional: true }) state?: DeliveryState;
}

@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'createDelivery',
    summary: 'Accepts a delivery and plans the call to its customer.',
    access: 'deliveries:write',
    body: DeliveryInput,
    reply: Delivery,
    errors: CreateDelivery.errors,
  })
  create(@ContractBody(DeliveryInput) input: DeliveryInput, @AsCaller() caller: Caller): Promise<Delivery> {
    return this.rpc.call(CreateDelivery, input, caller.options);
  }

  @Operation('GET', '', {
    id: 'listDeliveries',
    summary: 'Deliveries, newest first, a page at a time.',
    access: 'deliveries:read',
    query: DeliveriesQuery,
    reply: DeliveryPage,
    cache: { seconds: 15, tags: ['dlv'] },
  })
  list(@ContractQuery(DeliveriesQuery) query: DeliveriesQuery, @AsCaller() caller: Caller): Promise<DeliveryPage> {
    return this.rpc.call(ListDeliveries, { ...query, limit: query.limit ?? DEFAULT_PAGE }, caller.options);
  }

  @Operation('GET', ':deliveryId', {
    id: 'getDelivery',
    summary: 'One delivery as it stands.',
    access: 'deliveries:read',
    reply: Delivery,
    cache: { seconds: 15, tags: [':deliveryId'] },
  })
  get(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Delivery> {
    return this.rpc.call(GetDelivery, { deliveryId }, caller.options);
  }

  @Operation('GET', ':deliveryId/timeline', {
    id: 'getDeliveryTimeline',
    summary: 'The delivery’s whole story, one readable line an event.',
    access: 'deliveries:read',
    reply: Timeline,
  })
  timeline(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Timeline> {
    return this.rpc.call(GetTimeline, { deliveryId }, caller.options);
  }
}
