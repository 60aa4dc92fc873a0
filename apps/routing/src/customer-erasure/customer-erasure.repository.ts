import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/index.js';
import type { CustomerErasureDocument } from '#libs/persistence/schemas/routing/customer-erasures.js';

/** Stores the receipts of erasures, which contain no personal data. */
@Injectable()
export class CustomerErasureRepository extends AggregateRepository<CustomerErasureDocument> {
  protected readonly aggregateName = 'erasure';

  constructor(@InjectModel('CustomerErasure') model: Model<CustomerErasureDocument>) {
    super(model);
  }
}
