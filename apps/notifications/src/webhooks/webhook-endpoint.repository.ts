import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/webhook-endpoints.js';

export const WEBHOOK_ENDPOINT_MODEL = 'WebhookEndpoint';

@Injectable()
export class WebhookEndpointRepository extends TenantRepository<WebhookEndpointDocument> {
  constructor(@InjectModel(WEBHOOK_ENDPOINT_MODEL) model: Model<WebhookEndpointDocument>) {
    super(model);
  }

  listEnabled(organizationId: OrganizationId, tx: Transaction): Promise<WebhookEndpointDocument[]> {
    return this.find(organizationId, { disabledAt: trusted({ $exists: false }) }, { tx });
  }

  async disable(organizationId: OrganizationId, id: string, at: Date, tx: Transaction): Promise<void> {
    await this.updateOne(organizationId, { _id: id }, { $min: { disabledAt: at } }, tx);
  }
}
