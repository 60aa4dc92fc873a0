import { Controller } from '@nestjs/common';
import { StartCallRpc, type Delivery, type StartCallRequest } from '#libs/contracts/index.js';
import { OnRpc, type RpcContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { toDelivery } from '../deliveries/delivery.mapper.js';
import { DELIVERY_QUEUE } from '../delivery-queue.js';
import type { RequestCallWork } from './plan-next-call.js';
import { RequestCall } from './request-call.js';
import { StartCall } from './start-call.js';
import { TextCustomer, type TextCustomerWork } from './text-customer.js';

/** The calls and texts that fall due, and the calls a dispatcher wants. */
@Controller()
export class CallsConsumer {
  constructor(
    private readonly requestCall: RequestCall,
    private readonly startCall: StartCall,
    private readonly textCustomer: TextCustomer,
    private readonly transactions: TransactionRunner,
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
}
