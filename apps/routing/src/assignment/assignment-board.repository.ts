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

  /** Makes this transaction the only planner of the organisation: another one that commits first makes it start anew. */
  async claim(organizationId: OrganizationId, tx: Transaction): Promise<void> {
    await this.upsertOne(organizationId, { _id: organizationId }, { $inc: { commits: 1 } }, tx);
  }
}
