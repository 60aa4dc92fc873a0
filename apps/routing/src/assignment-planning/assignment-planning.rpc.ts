import { Controller } from '@nestjs/common';
import { PreviewAssignmentRpc, type AssignmentPreview, type PlanningScope } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { PreviewAssignment } from './preview-assignment.js';

/** Previews of the assignment plan. */
@Controller()
export class AssignmentPlanningRpc {
  constructor(private readonly previewAssignment: PreviewAssignment) {}

  @OnRpc(PreviewAssignmentRpc)
  preview({ deliveryIds }: PlanningScope, { organizationId }: QueryContext): Promise<AssignmentPreview> {
    return this.previewAssignment.execute(organizationId, deliveryIds);
  }
}
