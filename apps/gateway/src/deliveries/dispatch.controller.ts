import { Controller, Param } from '@nestjs/common';
import { Delivery, ReassignDeliveryRpc, ReassignmentInput, StartCallRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';
import { maskAccessCode } from './mask-access-code.js';
import { toDeliveryRef } from './delivery-ref.js';

/** Decisions with which a dispatcher overrides planning. */
@Controller('v1/deliveries/:deliveryId')
export class DispatchController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'reassignment', {
    id: 'reassignDelivery',
    summary: 'Assigns a delivery to a given agent, or unassigns it.',
    description:
      'Without `agentId`, the next plan assigns it to the best agent other than the current one. Skills, shift and capacity ' +
      'are respected unless `force` is set. Both agents are notified.',
    access: 'deliveries:dispatch',
    body: ReassignmentInput,
    status: 200,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: ReassignDeliveryRpc.errors,
  })
  async reassign(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(ReassignmentInput) reassignment: ReassignmentInput,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const request = { ...toDeliveryRef(deliveryId, caller), reassignment };
    return maskAccessCode(await this.rpc.call(ReassignDeliveryRpc, request, caller.options));
  }

  @Operation('POST', 'calls', {
    id: 'startCall',
    summary: 'Calls the customer now instead of at the planned time.',
    description:
      'Calling hours, call limits and the customer’s preferences apply as for every call. The type of a refusal names the ' +
      'rule, and `Retry-After` says when the call would be allowed.',
    access: 'calls:write',
    status: 202,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: StartCallRpc.errors,
  })
  async startCall(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Delivery> {
    return maskAccessCode(await this.rpc.call(StartCallRpc, toDeliveryRef(deliveryId, caller), caller.options));
  }
}
