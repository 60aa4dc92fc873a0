import { Controller } from '@nestjs/common';
import {
  CommitAssignmentRpc,
  ReassignDeliveryRpc,
  type AssignmentPreview,
  type CommitAssignmentInput,
  type Delivery,
  type ReassignDeliveryRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { toDelivery } from '../deliveries/deliveries.module.js';
import { CommitAssignment } from './commit-assignment.js';
import { ReassignDelivery } from './reassign-delivery.js';

/** Assignment commands of dispatchers: commit a previewed plan, or reassign a single delivery. */
@Controller()
export class AssignmentRpc {
  constructor(
    private readonly commitAssignment: CommitAssignment,
    private readonly reassignDelivery: ReassignDelivery,
  ) {}

  @OnRpc(CommitAssignmentRpc)
  commit(request: CommitAssignmentInput, { organizationId, tx }: CommandContext): Promise<AssignmentPreview> {
    return this.commitAssignment.execute(organizationId, request, tx);
  }

  @OnRpc(ReassignDeliveryRpc)
  async reassign(request: ReassignDeliveryRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.reassignDelivery.execute(organizationId, request, tx));
  }
}
