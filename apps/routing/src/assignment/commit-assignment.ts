import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type AssignmentPreview, type CommitAssignmentInput } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { AssignDeliveries } from './assign-deliveries.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { planIdOf, PlanAssignment, toPreview } from './plan-assignment.js';

/**
 * Carries out a plan that somebody has seen. It is made anew under the board's claim and must come out the same, so what is
 * committed is what was shown, and whatever happened meanwhile is neither overlooked nor overridden.
 */
@Injectable()
export class CommitAssignment {
  constructor(
    @Inject(PlanAssignment) private readonly planAssignment: PlanAssignment,
    @Inject(AssignDeliveries) private readonly assignDeliveries: AssignDeliveries,
    @Inject(AssignmentBoardRepository) private readonly board: AssignmentBoardRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { planId, deliveryIds }: CommitAssignmentInput,
    tx: Transaction,
  ): Promise<AssignmentPreview> {
    const now = this.clock.now();
    const boardVersion = await this.board.claim(organizationId, tx);
    const planned = await this.planAssignment.execute(organizationId, now, { only: deliveryIds, tx });
    if (planIdOf(planned.plan) !== planId) {
      throw new CodedError('plan_changed', 'Deliveries or agents changed since this plan was shown: preview again.');
    }
    await this.assignDeliveries.carryOut(organizationId, planned, now, tx);
    return toPreview(planned, boardVersion, now);
  }
}
