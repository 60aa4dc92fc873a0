import { Controller } from '@nestjs/common';
import { StartCallRpc, type Delivery, type StartCallRequest } from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { toDelivery } from '../deliveries/deliveries.module.js';
import { StartCall } from './start-call.js';

/** Calls that dispatchers start. */
@Controller()
export class CallAttemptsRpc {
  constructor(private readonly startCall: StartCall) {}

  @OnRpc(StartCallRpc)
  async start(request: StartCallRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.startCall.execute(organizationId, request, tx));
  }
}
