import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import {
  organizationId,
  TenantRepository,
  trusted,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { CustomerErasedPayload, EventEnvelope } from '#libs/contracts/index.js';
import type { TimelineEntryDocument } from '#libs/persistence/schemas/analytics/timeline-entries.js';
import { tellEvent } from './tell-event.js';

export const TIMELINE_ENTRY_MODEL = 'TimelineEntry';

const MOST_CHARACTERS = 1000;
const erasedMark = (deliveryId: string): string => `erased.${deliveryId}`;
const VERSION = /\.v\d+$/;

@Injectable()
export class TimelineRepository extends TenantRepository<TimelineEntryDocument> {
  constructor(@InjectModel(TIMELINE_ENTRY_MODEL) model: Model<TimelineEntryDocument>) {
    super(model);
  }

  /** Adds the line that an event tells, if it tells one; again changes nothing. */
  async tell(event: EventEnvelope, tx: Transaction): Promise<void> {
    const line = tellEvent(event);
    if (!line) return;
    const { about, text, agentIds = [], notificationId } = line;
    const organization = organizationId(event.organizationId);
    if ('deliveryId' in about && (await this.findById(organization, erasedMark(about.deliveryId), tx))) return;
    const entry = {
      at: new Date(event.occurredAt),
      sequence: event.sequence,
      event: event.subject.replace(VERSION, ''),
      text: text.slice(0, MOST_CHARACTERS),
      agentIds: [...agentIds],
      ...('deliveryId' in about ? { deliveryId: about.deliveryId } : { aboutNotificationId: about.notificationId }),
      ...(notificationId === undefined ? {} : { notificationId }),
    };
    await this.upsertOne(organization, { _id: event.id }, { $setOnInsert: entry }, tx);
  }

  /** Forgets the stories of a customer's deliveries; what is heard late, or again, is not told any more. */
  async forget(
    { occurredAt, sequence, organizationId: owner, payload }: EventEnvelope<CustomerErasedPayload>,
    tx: Transaction,
  ): Promise<void> {
    const organization = organizationId(owner);
    const { deliveryIds } = payload;
    await this.deleteMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
    for (const deliveryId of deliveryIds) {
      const text = 'The customer asked to be forgotten';
      const mark = {
        at: new Date(occurredAt),
        sequence,
        event: 'routing.customer.erased',
        text,
        agentIds: [],
        deliveryId,
      };
      await this.upsertOne(organization, { _id: erasedMark(deliveryId) }, { $setOnInsert: mark }, tx);
    }
  }

  listOfDelivery(organization: OrganizationId, deliveryId: string): Promise<TimelineEntryDocument[]> {
    return this.find(organization, { deliveryId }, { sort: { at: 1, sequence: 1 } });
  }

  listOfNotifications(organization: OrganizationId, notificationIds: string[]): Promise<TimelineEntryDocument[]> {
    return this.find(organization, { aboutNotificationId: trusted({ $in: notificationIds }) });
  }

  /** Forgets every story of every organisation, to be told anew from the events. */
  async clear(): Promise<void> {
    await this.model.deleteMany({});
  }
}
