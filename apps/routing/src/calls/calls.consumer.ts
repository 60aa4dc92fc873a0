import { Controller, Inject } from '@nestjs/common';
import {
  CallCompleted,
  CallDecisionMade,
  CallRefused,
  StartCall as StartCallRpc,
  type CallCompletedPayload,
  type CallDecisionPayload,
  type CallRefusedPayload,
  type Delivery,
  type EventEnvelope,
  type StartCallRequest,
} from '#libs/contracts/index.js';
import { OnEvent, OnRpc, type EventContext, type RpcContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { toDelivery } from '../deliveries/delivery.mapper.js';
import { DELIVERY_QUEUE } from '../delivery-queue.js';
import { ApplyCallCompletion } from './apply-call-completion.js';
import { ApplyCallDecision } from './apply-call-decision.js';
import { ApplyCallRefusal } from './apply-call-refusal.js';
import type { RequestCallWork } from './plan-next-call.js';
import { RequestCall } from './request-call.js';
import { StartCall } from './start-call.js';
import { TextCustomer, type TextCustomerWork } from './text-customer.js';

/** What telephony tells of calls, the calls that fall due, and those a dispatcher wants. */
@Controller()
export class CallsConsumer {
  constructor(
    @Inject(RequestCall) private readonly requestCall: RequestCall,
    @Inject(StartCall) private readonly startCall: StartCall,
    @Inject(ApplyCallRefusal) private readonly applyRefusal: ApplyCallRefusal,
    @Inject(ApplyCallDecision) private readonly applyDecision: ApplyCallDecision,
    @Inject(ApplyCallCompletion) private readonly applyCompletion: ApplyCallCompletion,
    @Inject(TextCustomer) private readonly textCustomer: TextCustomer,
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(DELIVERY_QUEUE, 'request-call')
  async onCallDue(item: WorkItem<RequestCallWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.requestCall.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }

  @WorkHandler(DELIVERY_QUEUE, 'text-customer')
  async onTextDue(item: WorkItem<TextCustomerWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.textCustomer.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }

  @OnRpc(StartCallRpc)
  async start(request: StartCallRequest, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.startCall.execute(organizationId, request, tx));
  }

  @OnEvent(CallRefused)
  onRefused(event: EventEnvelope<CallRefusedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.applyRefusal.execute(organizationId, event.payload, tx);
  }

  @OnEvent(CallDecisionMade)
  onDecision(event: EventEnvelope<CallDecisionPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.applyDecision.execute(organizationId, event.payload, tx);
  }

  @OnEvent(CallCompleted)
  onCompleted(event: EventEnvelope<CallCompletedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.applyCompletion.execute(organizationId, event.payload, tx);
  }
}
