import { Controller, Param } from '@nestjs/common';
import { Delivery, ReassignDeliveryRpc, ReassignmentInput, StartCallRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';
import { maskAccessCode } from './mask-access-code.js';
import { changeOf } from './change-of.js';

/** What a dispatcher decides instead of the planning. */
@Controller('v1/deliveries/:deliveryId')
export class DispatchController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'reassignment', {
    id: 'reassignDelivery',
    summary: 'Gives a delivery to a named agent, or takes it from the one who has it.',
    description:
      'Without `agentId` the next planning gives it to the best agent but the one who has it now. Skills, shift and ' +
      'capacity are respected unless `force` is set. Both agents are told.',
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
    const request = { ...changeOf(deliveryId, caller), reassignment };
    return maskAccessCode(await this.rpc.call(ReassignDeliveryRpc, request, caller.options));
  }

  @Operation('POST', 'calls', {
    id: 'startCall',
    summary: 'Calls the customer now, instead of when it is planned.',
    description:
      'Lawful hours, the number of calls and the customer’s own wish hold for it as for every call: a refusal’s type ' +
      'names the rule, and `Retry-After` says when it would be allowed.',
    access: 'calls:write',
    status: 202,
    reply: Delivery,
    etag: true,
    ifMatch: true,
    errors: StartCallRpc.errors,
  })
  async startCall(@Param('deliveryId') deliveryId: string, @AsCaller() caller: Caller): Promise<Delivery> {
    return maskAccessCode(await this.rpc.call(StartCallRpc, changeOf(deliveryId, caller), caller.options));
  }
}
