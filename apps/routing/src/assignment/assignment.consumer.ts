import { Controller } from '@nestjs/common';
import {
  CommitAssignmentRpc,
  PreviewAssignmentRpc,
  type AssignmentPreview,
  type CommitAssignmentInput,
  type PlanningScope,
  InboxMessageAcknowledged,
  ReassignDeliveryRpc,
  type Delivery,
  type EventEnvelope,
  type MessageAcknowledgedPayload,
  type ReassignDeliveryRequest,
} from '#libs/contracts/index.js';
import { OnEvent, OnRpc, type EventContext, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { toDelivery } from '../deliveries/delivery.mapper.js';
import { ASSIGNMENT_QUEUE, DELIVERY_QUEUE } from '../delivery-queue.js';
import { ApplyAcknowledgement } from './apply-acknowledgement.js';
import { AssignDeliveries } from './assign-deliveries.js';
import { CommitAssignment } from './commit-assignment.js';
import { ExpireOffer, type ExpireOfferWork } from './expire-offer.js';
import { PlanAssignment } from './plan-assignment.js';
import { ReassignDelivery } from './reassign-delivery.js';

@Controller()
export class AssignmentConsumer {
  constructor(
    private readonly assignDeliveries: AssignDeliveries,
    private readonly reassignDelivery: ReassignDelivery,
    private readonly applyAcknowledgement: ApplyAcknowledgement,
    private readonly planAssignment: PlanAssignment,
    private readonly commitAssignment: CommitAssignment,
    private readonly expireOffer: ExpireOffer,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  @WorkHandler(ASSIGNMENT_QUEUE, 'assign-deliveries')
  onAssignmentDue(item: WorkItem): Promise<{ retryAt: Date } | undefined> {
    return this.assignDeliveries.execute(item);
  }

  @WorkHandler(DELIVERY_QUEUE, 'expire-offer')
  async onOfferExpired(item: WorkItem<ExpireOfferWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.expireOffer.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }

  @OnRpc(ReassignDeliveryRpc)
  async reassign(request: ReassignDeliveryRequest, { organizationId, tx }: RpcContext): Promise<Delivery> {
    return toDelivery(await this.reassignDelivery.execute(organizationId, request, tx));
  }

  @OnRpc(PreviewAssignmentRpc)
  preview({ deliveryIds }: PlanningScope, { organizationId }: QueryContext): Promise<AssignmentPreview> {
    return this.planAssignment.preview(organizationId, this.clock.now(), deliveryIds);
  }

  @OnRpc(CommitAssignmentRpc)
  commit(request: CommitAssignmentInput, { organizationId, tx }: RpcContext): Promise<AssignmentPreview> {
    return this.commitAssignment.execute(organizationId, request, tx);
  }

  @OnEvent(InboxMessageAcknowledged)
  onAcknowledged(
    event: EventEnvelope<MessageAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.applyAcknowledgement.execute(organizationId, event.payload, tx);
  }
}
