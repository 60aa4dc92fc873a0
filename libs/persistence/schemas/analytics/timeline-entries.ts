import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** One line of a delivery's timeline. `_id` is the id of the event that it describes. */
export interface TimelineEntryDocument extends TenantDocument {
  at: Date;
  /** The event's sequence in its aggregate. It orders events of the same millisecond. */
  sequence: number;
  /** The event's subject without its version. */
  event: string;
  /** Contains the ids of agents in place of their names. */
  text: string;
  agentIds: string[];
  /** Absent when the entry is only about a notification. */
  deliveryId?: string;
  /** The notification that the entry is about. */
  aboutNotificationId?: string;
  /** The notification whose entries also belong to this delivery's timeline. */
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
