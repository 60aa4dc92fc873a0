import { Injectable, Logger } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { Lease, TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { AssignmentBoardRepository, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { ApplyPlan } from './apply-plan.js';
import { hasEffect, PlanAssignment, type PlannedChange } from '../assignment-planning/assignment-planning.module.js';

/** Maximum changes in one transaction. Bounds how long a transaction blocks other claims of the board. */
const MAX_CHANGES_PER_TRANSACTION = 50;
/** Maximum plans if the board changes during each. Then the work is rescheduled, so that other work goes first. */
const MAX_PLANS = 5;
/** Maximum time that a crashed planner blocks other planners after its last commit. */
const LEASE_MS = 10_000;
/** Delay before a retry if another process is planning. */
const BUSY_RETRY_MS = 250;

/**
 * Assigns an organization's waiting deliveries to agents. The plan is made outside any transaction, at a version of the
 * board. Every transaction that applies a part of it claims the next version. Of two concurrent planners, or a planner
 * and a dispatcher, one wins and the other plans again, so no delivery and no capacity is assigned twice. A lease keeps
 * two planners from wasting work; correctness does not depend on it. If the process crashes midway, the applied parts
 * are valid by themselves and the work item stays pending, so that another process plans the rest.
 */
@Injectable()
export class AssignDeliveries {
  private readonly logger = new Logger(AssignDeliveries.name);
  /** By organization, the fingerprint of the last planning input for which no change had an effect. */
  private readonly lastInputWithoutEffect = new Map<OrganizationId, string>();

  constructor(
    private readonly planAssignment: PlanAssignment,
    private readonly applyPlan: ApplyPlan,
    private readonly board: AssignmentBoardRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  /**
   * @param item supersedes the organization's other due runs; completed in the transaction of the last change
   * @returns when to retry, if another process is planning for the organization
   */
  async execute(item: WorkItem): Promise<{ retryAt: Date } | undefined> {
    const { organizationId } = item;
    await item.cancelOtherItems();
    const lease = new Lease(this.connection, `assignment.${organizationId}`, randomUUID(), LEASE_MS);
    if (!(await lease.acquire())) return { retryAt: new Date(this.clock.now().getTime() + BUSY_RETRY_MS) };
    try {
      await this.planAndCommitWithRetries(item, lease);
    } finally {
      await lease.release();
    }
    return undefined;
  }

  private async planAndCommitWithRetries(item: WorkItem, lease: Lease): Promise<void> {
    const { organizationId } = item;
    for (let planCount = 1; planCount <= MAX_PLANS; planCount += 1) {
      try {
        return await this.planAndCommit(item, lease);
      } catch (error) {
        if (!isPlanOutdated(error)) throw error;
        this.logger.debug({ organizationId, tries: planCount }, 'Planning restarted: the board changed');
      }
    }
    await this.transactions.run(async (tx) => {
      await this.scheduleAssignment.execute(organizationId, tx);
      await item.complete(tx);
    });
  }

  private async planAndCommit(item: WorkItem, lease: Lease): Promise<void> {
    const { organizationId } = item;
    const now = this.clock.now();
    let version = await this.board.getVersion(organizationId);
    const skipFingerprint = this.lastInputWithoutEffect.get(organizationId);
    const planned = await this.planAssignment.execute(organizationId, now, { skipFingerprint });
    const changes = planned.changes.filter(hasEffect);
    for (const [index, part] of toParts(changes).entries()) {
      await lease.acquire();
      const isLast = (index + 1) * MAX_CHANGES_PER_TRANSACTION >= changes.length;
      await this.transactions.run(async (tx) => {
        if (part.length > 0) await this.board.claimAt(organizationId, version, tx);
        await this.applyPlan.execute(organizationId, part, now, tx);
        if (!isLast) return;
        if (planned.hasMore && changes.some(({ kind }) => kind === 'assign'))
          await this.scheduleAssignment.execute(organizationId, tx);
        await item.complete(tx);
      });
      version += 1;
    }
    if (changes.length === 0) this.lastInputWithoutEffect.set(organizationId, planned.inputFingerprint);
    else this.lastInputWithoutEffect.delete(organizationId);
  }
}

/** Splits changes by transaction. Returns at least one part, which may be empty. */
function toParts(changes: readonly PlannedChange[]): PlannedChange[][] {
  const count = Math.max(1, Math.ceil(changes.length / MAX_CHANGES_PER_TRANSACTION));
  return Array.from({ length: count }, (_, index) =>
    changes.slice(index * MAX_CHANGES_PER_TRANSACTION, (index + 1) * MAX_CHANGES_PER_TRANSACTION),
  );
}

/** Whether the board or a planned delivery changed since the plan was made. */
const isPlanOutdated = (error: unknown): boolean =>
  error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict;
