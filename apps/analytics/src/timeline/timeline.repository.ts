import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import {
  parseOrganizationId,
  TenantRepository,
  trusted,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { CustomerErasedPayload, EventEnvelope } from '#libs/contracts/index.js';
import type { TimelineEntryDocument } from '#libs/persistence/schemas/analytics/timeline-entries.js';
import { describeEvent } from './describe-event.js';

export const TIMELINE_ENTRY_MODEL = 'TimelineEntry';

const MAX_TEXT_LENGTH = 1000;
const toErasureMarkerId = (deliveryId: string): string => `erased.${deliveryId}`;
const VERSION_SUFFIX = /\.v\d+$/;

/** Stores the lines of timelines. A line has the id of its event, so that a repeated event adds no second line. */
@Injectable()
export class TimelineRepository extends TenantRepository<TimelineEntryDocument> {
  constructor(@InjectModel(TIMELINE_ENTRY_MODEL) model: Model<TimelineEntryDocument>) {
    super(model);
  }

  /** Adds the event's line, if it has one. Idempotent. Adds nothing to the timeline of an erased delivery. */
  async append(event: EventEnvelope, tx: Transaction): Promise<void> {
    const line = describeEvent(event);
    if (!line) return;
    const { about, text, agentIds = [], notificationId } = line;
    const organization = parseOrganizationId(event.organizationId);
    if ('deliveryId' in about && (await this.findById(organization, toErasureMarkerId(about.deliveryId), tx))) return;
    const entry = {
      at: new Date(event.occurredAt),
      sequence: event.sequence,
      event: event.subject.replace(VERSION_SUFFIX, ''),
      text: text.slice(0, MAX_TEXT_LENGTH),
      agentIds: [...agentIds],
      ...('deliveryId' in about ? { deliveryId: about.deliveryId } : { aboutNotificationId: about.notificationId }),
      ...(notificationId === undefined ? {} : { notificationId }),
    };
    await this.upsertOne(organization, { _id: event.id }, { $setOnInsert: entry }, tx);
  }

  /**
   * Deletes the timelines of a customer's deliveries. A marker keeps late and repeated events from adding lines again.
   */
  async erase(
    { occurredAt, sequence, organizationId: tenantId, payload }: EventEnvelope<CustomerErasedPayload>,
    tx: Transaction,
  ): Promise<void> {
    const organization = parseOrganizationId(tenantId);
    const { deliveryIds } = payload;
    await this.deleteMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
    for (const deliveryId of deliveryIds) {
      const text = 'The customer asked to be forgotten';
      const marker = {
        at: new Date(occurredAt),
        sequence,
        event: 'routing.customer.erased',
        text,
        agentIds: [],
        deliveryId,
      };
      await this.upsertOne(organization, { _id: toErasureMarkerId(deliveryId) }, { $setOnInsert: marker }, tx);
    }
  }

  listByDelivery(organization: OrganizationId, deliveryId: string): Promise<TimelineEntryDocument[]> {
    return this.find(organization, { deliveryId }, { sort: { at: 1, sequence: 1 } });
  }

  listByNotifications(organization: OrganizationId, notificationIds: string[]): Promise<TimelineEntryDocument[]> {
    return this.find(organization, { aboutNotificationId: trusted({ $in: notificationIds }) });
  }

  /** Deletes every timeline of every organization, before a rebuild from the events. */
  async clear(): Promise<void> {
    await this.model.deleteMany({});
  }
}
