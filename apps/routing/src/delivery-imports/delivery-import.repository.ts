import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/index.js';
import type { DeliveryImportDocument } from '#libs/persistence/schemas/routing/delivery-imports.js';

/** Stores imports. Their rows are separate documents, as an import can have thousands. */
@Injectable()
export class DeliveryImportRepository extends AggregateRepository<DeliveryImportDocument> {
  protected readonly aggregateName = 'delivery import';

  constructor(@InjectModel('DeliveryImport') model: Model<DeliveryImportDocument>) {
    super(model);
  }
}
