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
import { isNews, PlanAssignment, type PlannedChange } from '../assignment-planning/assignment-planning.module.js';

/** As many changes as one transaction makes within the moment for which it holds the board. */
const CHANGES_AT_ONCE = 50;
/** Plans made anew because the board changed, before others are let go first. */
const MOST_TRIES = 5;
/** How long after its last commit a planner that died keeps others waiting. */
const LEASE_MS = 10_000;
/** Until somebody who found another planning looks again. */
const BUSY_MS = 250;

/**
 * Gives an organization's waiting deliveries to the agents best able to do them. The plan is made outside any transaction, at
 * a version of the board; every transaction that carries out a part of it claims the version after. So of two planners, or a
 * planner and a dispatcher, one wins and the other plans anew: no delivery is given twice, and no capacity. A lease keeps two
 * planners from working for nothing; nothing depends on it. A process that dies
 * in between leaves parts of a plan that hold by themselves, and work that is not done: another plans what is left.
 */
@Injectable()
export class AssignDeliveries {
  private readonly logger = new Logger(AssignDeliveries.name);
  /** By organization the last question to which the answer was that nobody can take anything. */
  private readonly unanswerable = new Map<OrganizationId, string>();

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
   * @param item stands for all plannings of its organization that are due, and is settled in the transaction of the last change
   * @returns when to try again, where somebody else plans just now
   */
  async execute(item: WorkItem): Promise<{ retryAt: Date } | undefined> {
    const { organizationId } = item;
    await item.supersedeOthers();
    const lease = new Lease(this.connection, `assignment.${organizationId}`, randomUUID(), LEASE_MS);
    if (!(await lease.acquire())) return { retryAt: new Date(this.clock.now().getTime() + BUSY_MS) };
    try {
      await this.planAndCommitAtLast(item, lease);
    } finally {
      await lease.release();
    }
    return undefined;
  }

  private async planAndCommitAtLast(item: WorkItem, lease: Lease): Promise<void> {
    const { organizationId } = item;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      try {
        return await this.planAndCommit(item, lease);
      } catch (error) {
        if (!isOutdated(error)) throw error;
        this.logger.debug({ organizationId, tries }, 'The board changed while it was planned');
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
    let version = await this.board.version(organizationId);
    const unless = this.unanswerable.get(organizationId);
    const planned = await this.planAssignment.execute(organizationId, now, { unless });
    const changes = planned.changes.filter(isNews);
    for (const [index, part] of partsOf(changes).entries()) {
      await lease.acquire();
      const isLast = (index + 1) * CHANGES_AT_ONCE >= changes.length;
      await this.transactions.run(async (tx) => {
        if (part.length > 0) await this.board.claimAt(organizationId, version, tx);
        await this.applyPlan.execute(organizationId, part, now, tx);
        if (!isLast) return;
        if (planned.more && changes.some(({ kind }) => kind === 'give'))
          await this.scheduleAssignment.execute(organizationId, tx);
        await item.complete(tx);
      });
      version += 1;
    }
    if (changes.length === 0) this.unanswerable.set(organizationId, planned.question);
    else this.unanswerable.delete(organizationId);
  }
}

/** At least one, which may be empty. */
function partsOf(changes: readonly PlannedChange[]): PlannedChange[][] {
  const count = Math.max(1, Math.ceil(changes.length / CHANGES_AT_ONCE));
  return Array.from({ length: count }, (_, index) =>
    changes.slice(index * CHANGES_AT_ONCE, (index + 1) * CHANGES_AT_ONCE),
  );
}

/** The board, or a delivery in the plan, is not as it was planned with. */
const isOutdated = (error: unknown): boolean => error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict;
