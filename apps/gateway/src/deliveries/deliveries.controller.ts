import { Controller, Param } from '@nestjs/common';
import {
  CancelDeliveryRpc,
  CancellationInput,
  CreateDeliveryRpc,
  Delivery,
  DeliveryChanges,
  DeliveryFilter,
  DeliveryInput,
  DeliveryPage,
  GetDeliveryRpc,
  GetTimelineRpc,
  IntegerField,
  ListDeliveriesRpc,
  RescheduleDeliveryRpc,
  ReschedulingInput,
  TextField,
  Timeline,
  UpdateDeliveryRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { maskAccessCode } from './mask-access-code.js';
import { changeOf } from './change-of.js';

const DEFAULT_PAGE = 50;

class DeliveriesQuery extends DeliveryFilter {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** A delivery as partners and dispatchers order it, change it and follow it. None of them is told an access code. */
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'createDelivery',
    summary: 'Accepts a delivery and plans the call to its customer.',
    access: 'deliveries:write',
    body: DeliveryInput,
    reply: Delivery,
    etag: true,
    // A customer who is named by id may not exist.
    errors: [...CreateDeliveryRpc.errors, 'not_found'],
  })
  async create(@ContractBody(DeliveryInput) input: DeliveryInput, @AsCaller() caller: Caller): Promise<Delivery> {
    return maskAccessCode(await this.rpc.call(CreateDeliveryRpc, input, caller.options));
  }

  @Operation('GET', '', {
    id: 'listDeliveries',
    summary: 'Deliveries, a page at a time.',
    description:
      'Newest first. With `windowFrom` or `windowTo` they come by the start of their window instead, earliest first. ' +
      'Filters that are given hold together.',
    access: 'deliveries:read',
    query: DeliveriesQuery,
    reply: DeliveryPage,
    cache: { seconds: 15, tags: ['dlv'] },
  })
  async list(
    @ContractQuery(DeliveriesQuery) query: DeliveriesQuery,
    @AsCaller() caller: Caller,
  ): Promise<DeliveryPage> {
    const request = { ...query, limit: query.limit ?? DEFAULT_PAGE };
    return maskAccessCode(await this.rpc.call(ListDeliveriesRpc, request, caller.options));
  }

  @Operation('GET', ':deliveryId', {
    id: 'getDelivery',
    summary: 'One delivery as it stands.',
    access: 'deliveries:read',
    reply: Delivery,
    cache: { seconds: 15, tags: [':deliveryId'] },
    etag: true,
  })
  async get(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Delivery> {
    return maskAccessCode(await this.rpc.call(GetDeliveryRpc, { deliveryId }, caller.options));
  }

  @Operation('PATCH', ':deliveryId', {
    id: 'updateDelivery',
    summary: 'Corrects a delivery; what is left out stays.',
    description:
      'Its call is planned anew where the correction moves it; an agent who was chosen by what is corrected is told, and ' +
      'the best one chosen anew. It does not ask the customer again: that is `rescheduleDelivery`.',
    access: 'deliveries:write',
    body: DeliveryChanges,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: UpdateDeliveryRpc.errors,
  })
  async update(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(DeliveryChanges) changes: DeliveryChanges,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const request = { ...changeOf(deliveryId, caller), changes };
    return maskAccessCode(await this.rpc.call(UpdateDeliveryRpc, request, caller.options));
  }

  @Operation('POST', ':deliveryId/cancellation', {
    id: 'cancelDelivery',
    summary: 'Takes a delivery back.',
    description:
      'A planned call is not made; a call under way is not cut off. An agent who has it is told at once. Canceling again ' +
      'changes nothing.',
    access: 'deliveries:write',
    body: CancellationInput,
    status: 200,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: CancelDeliveryRpc.errors,
  })
  async cancel(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(CancellationInput) cancellation: CancellationInput,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const request = { ...changeOf(deliveryId, caller), cancellation };
    return maskAccessCode(await this.rpc.call(CancelDeliveryRpc, request, caller.options));
  }

  @Operation('POST', ':deliveryId/rescheduling', {
    id: 'rescheduleDelivery',
    summary: 'Gives a delivery another window and plans it anew.',
    description:
      'The customer is called about the new window, within the limits of how often they may be called for one delivery. ' +
      'An agent who has it is told. A delivery whose customer chose another time themselves is over: post a new one.',
    access: 'deliveries:write',
    body: ReschedulingInput,
    status: 200,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: RescheduleDeliveryRpc.errors,
  })
  async reschedule(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(ReschedulingInput) rescheduling: ReschedulingInput,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const request = { ...changeOf(deliveryId, caller), rescheduling };
    return maskAccessCode(await this.rpc.call(RescheduleDeliveryRpc, request, caller.options));
  }

  @Operation('GET', ':deliveryId/timeline', {
    id: 'getDeliveryTimeline',
    summary: 'The delivery’s whole story, one readable line an event.',
    access: 'deliveries:read',
    reply: Timeline,
  })
  async timeline(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Timeline> {
    // Its owner knows whether there is such a delivery; its story follows in its own time.
    await this.rpc.call(GetDeliveryRpc, { deliveryId }, caller.options);
    return this.rpc.call(GetTimelineRpc, { deliveryId }, caller.options);
  }
}
