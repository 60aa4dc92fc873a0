import { Injectable } from '@nestjs/common';
import type { AssignmentPreview } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AssignmentBoardRepository } from '../assignment-board/assignment-board.module.js';
import { PlanAssignment } from './plan-assignment.js';
import { truncatePlan, toPreview } from './assignment-preview.mapper.js';

/** Previews the plan that a planning run would apply now. Stores nothing. */
@Injectable()
export class PreviewAssignment {
  constructor(
    private readonly planAssignment: PlanAssignment,
    private readonly board: AssignmentBoardRepository,
    private readonly clock: Clock,
  ) {}

  /** @param deliveryIds the deliveries to plan; if absent, all that wait or may be moved */
  async execute(organizationId: OrganizationId, deliveryIds?: readonly string[]): Promise<AssignmentPreview> {
    const now = this.clock.now();
    const boardVersion = await this.board.getVersion(organizationId);
    const planned = await this.planAssignment.execute(organizationId, now, { deliveryIds });
    return toPreview(truncatePlan(planned), boardVersion, now);
  }
}
