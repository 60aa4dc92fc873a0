import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/organizations.js';

@Injectable()
export class OrganizationRepository extends AggregateRepository<OrganizationDocument> {
  protected readonly what = 'organization';

  constructor(@InjectModel('Organization') model: Model<OrganizationDocument>) {
    super(model);
  }
}
