import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AssignmentBoardDocument } from '#libs/persistence/schemas/routing/assignment-boards.js';

@Injectable()
export class AssignmentBoardRepository extends TenantRepository<AssignmentBoardDocument> {
  constructor(@InjectModel('AssignmentBoard') model: Model<AssignmentBoardDocument>) {
    super(model);
  }

  /**
   * Makes this transaction the only one that changes who may be given what in the organization: another one that commits first
   * makes it start anew, and a plan made before it is outdated.
   * @returns the commits of plans with this one
   */
  async claim(organizationId: OrganizationId, tx: Transaction): Promise<number> {
    return (await this.upsertOne(organizationId, { _id: organizationId }, { $inc: { commits: 1 } }, tx)).commits;
  }

  /**
   * As `claim`, for a plan that was made at a version of the board.
   * @throws CodedError `conflict` when somebody else claimed it since
   */
  async claimAt(organizationId: OrganizationId, version: number, tx: Transaction): Promise<void> {
    const commits = await this.claim(organizationId, tx);
    if (commits !== version + 1)
      throw new CodedError(RPC_ERROR_CODES.conflict, `The board stands at ${commits - 1}, not ${version}: plan again.`);
  }

  /** Claims so far. */
  async version(organizationId: OrganizationId): Promise<number> {
    return (await this.findById(organizationId, organizationId))?.commits ?? 0;
  }
}
