import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AssignmentBoardDocument } from '#libs/persistence/schemas/assignment-boards.js';

@Injectable()
export class AssignmentBoardRepository extends TenantRepository<AssignmentBoardDocument> {
  constructor(@InjectModel('AssignmentBoard') model: Model<AssignmentBoardDocument>) {
    super(model);
  }

  /**
   * Makes this transaction the only planner of the organisation: another one that commits first makes it start anew.
   * @returns the commits of plans with this one
   */
  async claim(organizationId: OrganizationId, tx: Transaction): Promise<number> {
    return (await this.upsertOne(organizationId, { _id: organizationId }, { $inc: { commits: 1 } }, tx)).commits;
  }

  /** Commits of plans so far. */
  async version(organizationId: OrganizationId): Promise<number> {
    return (await this.findById(organizationId, organizationId))?.commits ?? 0;
  }
}
