import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/customers.js';

@Injectable()
export class CustomerRepository extends AggregateRepository<CustomerDocument> {
  protected readonly what = 'customer';

  constructor(@InjectModel('Customer') model: Model<CustomerDocument>) {
    super(model);
  }

  findByPhone(organizationId: OrganizationId, phone: string, tx?: Transaction): Promise<CustomerDocument | null> {
    return this.findOne(organizationId, { phone }, tx);
  }
}
