import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';

@Injectable()
export class AgentRepository extends AggregateRepository<AgentDocument> {
  protected readonly what = 'agent';

  constructor(@InjectModel('Agent') model: Model<AgentDocument>) {
    super(model);
  }

  /** Those whose shift is not over yet. */
  findWorkingAfter(organizationId: OrganizationId, instant: Date, tx: Transaction): Promise<AgentDocument[]> {
    return this.find(organizationId, { 'shift.end': trusted({ $gt: instant }) }, { tx, sort: { _id: 1 } });
  }
}
