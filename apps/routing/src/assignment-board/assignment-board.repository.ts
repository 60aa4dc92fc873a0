import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AssignmentBoardDocument } from '#libs/persistence/schemas/routing/assignment-boards.js';

/** Stores the version of each organization's board: the number of transactions that have claimed it. */
@Injectable()
export class AssignmentBoardRepository extends TenantRepository<AssignmentBoardDocument> {
  constructor(@InjectModel('AssignmentBoard') model: Model<AssignmentBoardDocument>) {
    super(model);
  }

  /**
   * Claims the board for this transaction by incrementing its version. Concurrent transactions that claim it conflict,
   * and the later one restarts. Plans for an earlier version are outdated.
   * @returns the new version
   */
  async claim(organizationId: OrganizationId, tx: Transaction): Promise<number> {
    return (await this.upsertOne(organizationId, { _id: organizationId }, { $inc: { commits: 1 } }, tx)).commits;
  }

  /**
   * Claims the board for a plan that was made for `version`.
   * @throws CodedError `conflict` if the board was claimed since
   */
  async claimAt(organizationId: OrganizationId, version: number, tx: Transaction): Promise<void> {
    const commits = await this.claim(organizationId, tx);
    if (commits !== version + 1)
      throw new CodedError(
        RPC_ERROR_CODES.conflict,
        `The board is at version ${commits - 1}, not ${version}: plan again.`,
      );
  }

  /** Returns the version for a plan that is made outside a transaction. */
  async getVersion(organizationId: OrganizationId): Promise<number> {
    return (await this.findById(organizationId, organizationId))?.commits ?? 0;
  }
}
