import { Controller, Inject } from '@nestjs/common';
import {
  InboxMessageAcknowledged,
  type EventEnvelope,
  type MessageAcknowledgedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { ASSIGNMENT_QUEUE } from '../delivery-queue.js';
import { ApplyAcknowledgement } from './apply-acknowledgement.js';
import { AssignDeliveries } from './assign-deliveries.js';

@Controller()
export class AssignmentConsumer {
  constructor(
    @Inject(AssignDeliveries) private readonly assignDeliveries: AssignDeliveries,
    @Inject(ApplyAcknowledgement) private readonly applyAcknowledgement: ApplyAcknowledgement,
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(ASSIGNMENT_QUEUE, 'assign-deliveries')
  async onAssignmentDue(item: WorkItem<object>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.assignDeliveries.execute(item.organizationId, tx);
      await item.complete(tx);
    });
  }

  @OnEvent(InboxMessageAcknowledged)
  onAcknowledged(
    event: EventEnvelope<MessageAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.applyAcknowledgement.execute(organizationId, event.payload, tx);
  }
}
