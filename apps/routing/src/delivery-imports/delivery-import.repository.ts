import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/index.js';
import type { DeliveryImportDocument } from '#libs/persistence/schemas/routing/delivery-imports.js';

@Injectable()
export class DeliveryImportRepository extends AggregateRepository<DeliveryImportDocument> {
  protected readonly aggregateName = 'delivery import';

  constructor(@InjectModel('DeliveryImport') model: Model<DeliveryImportDocument>) {
    super(model);
  }
}
