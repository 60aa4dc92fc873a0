import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** One line of a delivery's story. `_id` is the id of the event it tells. */
export interface TimelineEntryDocument extends TenantDocument {
  at: Date;
  /** The event's sequence in its aggregate: orders what happened at the same millisecond. */
  sequence: number;
  /** The event's subject without its version. */
  event: string;
  /** Agents stand in it by their ids. */
  text: string;
  agentIds: string[];
  /** Whose story it is; absent when it is only about a notification. */
  deliveryId?: string;
  /** The notification it is about. */
  aboutNotificationId?: string;
  /** The notification whose own lines belong to this delivery's story. */
  notificationId?: string;
}

export const timelineEntrySchema = new Schema<TimelineEntryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    at: { type: Date, required: true },
    sequence: { type: Number, required: true },
    event: { type: String, required: true },
    text: { type: String, required: true },
    agentIds: { type: [String], required: true },
    deliveryId: String,
    aboutNotificationId: String,
    notificationId: String,
  },
  { collection: 'timelineEntries', versionKey: false },
);

timelineEntrySchema.index(
  { organizationId: 1, deliveryId: 1, at: 1, sequence: 1 },
  { partialFilterExpression: { deliveryId: { $exists: true } } },
);
timelineEntrySchema.index(
  { organizationId: 1, aboutNotificationId: 1 },
  { partialFilterExpression: { aboutNotificationId: { $exists: true } } },
);
