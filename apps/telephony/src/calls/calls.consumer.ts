import { Controller } from '@nestjs/common';
import {
  CallRequested,
  CancelCallRpc,
  EndCallRpc,
  TakeOverCallRpc,
  GetCallRpc,
  ListCallsRpc,
  type Call,
  type CallDetails,
  type CallPage,
  type CallRequestedPayload,
  type CallRequest,
  type EventEnvelope,
  type GetCallRequest,
  type ListCallsRequest,
} from '#libs/contracts/index.js';
import { OnEvent, OnRpc, type EventContext, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { RecordingRepository } from '../recordings/recording.repository.js';
import { AcceptCallRequest } from './accept-call-request.js';
import { CallLogRepository } from './call-log.repository.js';
import { toCall, toCallDetails } from './call.mapper.js';
import { CancelCall } from './cancel-call.js';
import { Intervene } from './intervene.js';
import { ListCalls } from './list-calls.js';

@Controller()
export class CallsConsumer {
  constructor(
    private readonly acceptRequest: AcceptCallRequest,
    private readonly cancelCall: CancelCall,
    private readonly intervene: Intervene,
    private readonly listCalls: ListCalls,
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
  ) {}

  @OnEvent(CallRequested)
  onRequested(event: EventEnvelope<CallRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.acceptRequest.execute(organizationId, event.payload, event.sequence, tx);
  }

  @OnRpc(ListCallsRpc)
  onList(request: ListCallsRequest, { organizationId }: QueryContext): Promise<CallPage> {
    return this.listCalls.execute(organizationId, request);
  }

  @OnRpc(GetCallRpc)
  async onGet({ attemptId }: GetCallRequest, { organizationId }: QueryContext): Promise<CallDetails> {
    const callLog = await this.callLogs.loadCall(organizationId, attemptId);
    const recordingOf = await this.recordings.idsOfAttempts(organizationId, [attemptId]);
    return toCallDetails(callLog, recordingOf.get(attemptId));
  }

  @OnRpc(CancelCallRpc)
  async onCancel(request: CallRequest, { organizationId, tx }: RpcContext): Promise<Call> {
    return toCall(await this.cancelCall.execute(organizationId, request, tx));
  }

  @OnRpc(TakeOverCallRpc)
  async onTakeOver(request: CallRequest, { organizationId, tx }: RpcContext): Promise<Call> {
    return toCall(await this.intervene.execute(organizationId, request, 'take_over', tx));
  }

  @OnRpc(EndCallRpc)
  async onEnd(request: CallRequest, { organizationId, tx }: RpcContext): Promise<Call> {
    return toCall(await this.intervene.execute(organizationId, request, 'end', tx));
  }
}
