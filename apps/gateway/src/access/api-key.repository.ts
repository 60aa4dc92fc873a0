import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository } from '#libs/persistence/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/api-keys.js';

@Injectable()
export class ApiKeyRepository extends TenantRepository<ApiKeyDocument> {
  constructor(@InjectModel('ApiKey') model: Model<ApiKeyDocument>) {
    super(model);
  }

  /** The one read that knows no organisation yet: the key itself says whose it is. */
  async findByKeyId(keyId: string): Promise<ApiKeyDocument | null> {
    return (await this.model.findById(keyId).lean<ApiKeyDocument>().exec()) ?? null;
  }
}
