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
import { toDeliveryRef } from './delivery-ref.js';

const DEFAULT_PAGE_SIZE = 50;

class DeliveriesQuery extends DeliveryFilter {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** Deliveries for partners and dispatchers. Access codes are masked in all responses. */
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'createDelivery',
    summary: 'Creates a delivery and plans the call to its customer.',
    access: 'deliveries:write',
    body: DeliveryInput,
    reply: Delivery,
    etag: true,
    // `not_found`: `customerId` may name a customer that does not exist.
    errors: [...CreateDeliveryRpc.errors, 'not_found'],
  })
  async create(@ContractBody(DeliveryInput) input: DeliveryInput, @AsCaller() caller: Caller): Promise<Delivery> {
    return maskAccessCode(await this.rpc.call(CreateDeliveryRpc, input, caller.options));
  }

  @Operation('GET', '', {
    id: 'listDeliveries',
    summary: 'Lists deliveries.',
    description:
      'Sorted newest first, or with `windowFrom` or `windowTo` by the start of the window, earliest first. A delivery must ' +
      'match all filters.',
    access: 'deliveries:read',
    query: DeliveriesQuery,
    reply: DeliveryPage,
    cache: { seconds: 15, tags: ['dlv'] },
  })
  async list(
    @ContractQuery(DeliveriesQuery) query: DeliveriesQuery,
    @AsCaller() caller: Caller,
  ): Promise<DeliveryPage> {
    const request = { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE };
    return maskAccessCode(await this.rpc.call(ListDeliveriesRpc, request, caller.options));
  }

  @Operation('GET', ':deliveryId', {
    id: 'getDelivery',
    summary: 'Returns a delivery.',
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
    summary: 'Corrects a delivery. Fields that are left out stay unchanged.',
    description:
      'If the correction affects the planned call, the call is replanned. If it affects the assignment, the agent is ' +
      'notified and the best agent is chosen again. The customer is not asked again; use `rescheduleDelivery` for that.',
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
    const request = { ...toDeliveryRef(deliveryId, caller), changes };
    return maskAccessCode(await this.rpc.call(UpdateDeliveryRpc, request, caller.options));
  }

  @Operation('POST', ':deliveryId/cancellation', {
    id: 'cancelDelivery',
    summary: 'Cancels a delivery.',
    description:
      'A planned call is not placed; a call in progress is not cut off. An assigned agent is notified immediately. ' +
      'Canceling again changes nothing.',
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
    const request = { ...toDeliveryRef(deliveryId, caller), cancellation };
    return maskAccessCode(await this.rpc.call(CancelDeliveryRpc, request, caller.options));
  }

  @Operation('POST', ':deliveryId/rescheduling', {
    id: 'rescheduleDelivery',
    summary: 'Moves a delivery to another window and replans it.',
    description:
      'The customer is called about the new window, within the limit of calls for one delivery. An assigned agent is ' +
      'notified. A delivery that the customer postponed themselves has ended: create a new one.',
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
    const request = { ...toDeliveryRef(deliveryId, caller), rescheduling };
    return maskAccessCode(await this.rpc.call(RescheduleDeliveryRpc, request, caller.options));
  }

  @Operation('GET', ':deliveryId/timeline', {
    id: 'getDeliveryTimeline',
    summary: 'Returns the delivery’s history, one readable line per event.',
    access: 'deliveries:read',
    reply: Timeline,
  })
  async getTimeline(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Timeline> {
    // Routing knows at once whether the delivery exists; the timeline is built from events and may lag behind.
    await this.rpc.call(GetDeliveryRpc, { deliveryId }, caller.options);
    return this.rpc.call(GetTimelineRpc, { deliveryId }, caller.options);
  }
}
