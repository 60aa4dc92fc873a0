import { Controller } from '@nestjs/common';
import { CancelCallRpc, EndCallRpc, TakeOverCallRpc, type Call, type CallRequest } from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { toCall } from '../call-log/call-log.module.js';
import { CancelCall } from './cancel-call.js';
import { Intervene } from './intervene.js';

/** RPCs by which dispatchers control calls. */
@Controller()
export class CallControlRpc {
  constructor(
    private readonly cancelCall: CancelCall,
    private readonly intervene: Intervene,
  ) {}

  @OnRpc(CancelCallRpc)
  async onCancel(request: CallRequest, { organizationId, tx }: CommandContext): Promise<Call> {
    return toCall(await this.cancelCall.execute(organizationId, request, tx));
  }

  @OnRpc(TakeOverCallRpc)
  async onTakeOver(request: CallRequest, { organizationId, tx }: CommandContext): Promise<Call> {
    return toCall(await this.intervene.execute(organizationId, request, 'take_over', tx));
  }

  @OnRpc(EndCallRpc)
  async onEnd(request: CallRequest, { organizationId, tx }: CommandContext): Promise<Call> {
    return toCall(await this.intervene.execute(organizationId, request, 'end', tx));
  }
}
