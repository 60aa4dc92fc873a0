import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { OrganizationProfile } from '#libs/contracts/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/organization-profiles.js';

@Injectable()
export class OrganizationProfileRepository extends TenantRepository<OrganizationProfileDocument> {
  constructor(@InjectModel('OrganizationProfile') model: Model<OrganizationProfileDocument>) {
    super(model);
  }

  async put(id: OrganizationId, profile: OrganizationProfile, tx?: Transaction): Promise<OrganizationProfileDocument> {
    const { organizationId: _own, dispatcherPhone: _unused, ...facts } = profile;
    return this.upsertOne(id, { _id: id }, { $set: facts }, tx);
  }
}
