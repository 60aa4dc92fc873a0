import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { PartnerWebhookType } from '#libs/contracts/index.js';
import {
  AggregateRepository,
  trusted,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';

export const WEBHOOK_ENDPOINT_MODEL = 'WebhookEndpoint';

/** Stores partners' webhook endpoints. */
@Injectable()
export class WebhookEndpointRepository extends AggregateRepository<WebhookEndpointDocument> {
  protected readonly aggregateName = 'webhook endpoint';

  constructor(@InjectModel(WEBHOOK_ENDPOINT_MODEL) model: Model<WebhookEndpointDocument>) {
    super(model);
  }

  /** Lists the enabled endpoints that are subscribed to this event type. */
  async listSubscribed(
    organizationId: OrganizationId,
    type: PartnerWebhookType,
    tx: Transaction,
  ): Promise<WebhookEndpointDocument[]> {
    const enabledEndpoints = await this.find(organizationId, { disabledAt: trusted({ $exists: false }) }, { tx });
    return enabledEndpoints.filter(({ types }) => types === undefined || types.includes(type));
  }

  /** Lists endpoints before an id, newest first. */
  listBefore(
    organizationId: OrganizationId,
    before: string | undefined,
    limit: number,
  ): Promise<WebhookEndpointDocument[]> {
    const filter = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  /** Disables an endpoint whose server replied 410 Gone. */
  async disable(organizationId: OrganizationId, id: string, at: Date, tx: Transaction): Promise<void> {
    await this.updateOne(organizationId, { _id: id }, { $min: { disabledAt: at }, $inc: { revision: 1 } }, tx);
  }

  /** Deletes an endpoint. Saves it first, so that the event gets the next sequence number. */
  async remove(
    tx: Transaction,
    organizationId: OrganizationId,
    endpoint: WebhookEndpointDocument,
    event: AggregateEvent,
  ): Promise<void> {
    await this.save(tx, organizationId, endpoint, [event]);
    await this.deleteMany(organizationId, { _id: endpoint._id }, tx);
  }
}
