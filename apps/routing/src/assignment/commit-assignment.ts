import { Injectable } from '@nestjs/common';
import { CodedError, type AssignmentPreview, type CommitAssignmentInput } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AssignmentBoardRepository } from '../assignment-board/assignment-board.module.js';
import { ApplyPlan } from './apply-plan.js';
import {
  truncatePlan,
  PlanAssignment,
  toPlanId,
  toPreview,
} from '../assignment-planning/assignment-planning.module.js';

/**
 * Applies a plan that a dispatcher has previewed. Claims the board, plans again and requires the same result, so
 * that only the previewed plan is committed and no change made meanwhile is overlooked or overwritten.
 */
@Injectable()
export class CommitAssignment {
  constructor(
    private readonly planAssignment: PlanAssignment,
    private readonly applyPlan: ApplyPlan,
    private readonly board: AssignmentBoardRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { planId, deliveryIds }: CommitAssignmentInput,
    tx: Transaction,
  ): Promise<AssignmentPreview> {
    const now = this.clock.now();
    const boardVersion = await this.board.claim(organizationId, tx);
    const planned = truncatePlan(await this.planAssignment.execute(organizationId, now, { deliveryIds, tx }));
    if (toPlanId(planned.changes) !== planId) {
      throw new CodedError('plan_changed', 'Deliveries or agents changed since this plan was shown: preview again.');
    }
    await this.applyPlan.execute(organizationId, planned.changes, now, tx);
    return toPreview(planned, boardVersion, now);
  }
}
