import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** The agents who receive an announcement, as stored: `all`, or `skill:` followed by the skill that they have. */
export type Audience = 'all' | `skill:${string}`;

/** A message to many agents, stored once. */
export interface AnnouncementDocument extends TenantDocument {
  /** Consecutive within the organization, starting at 1. */
  sequence: number;
  text: string;
  audience: Audience;
  createdAt: Date;
}

export const announcementSchema = new Schema<AnnouncementDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    sequence: { type: Number, required: true },
    text: { type: String, required: true },
    audience: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'announcements', versionKey: false },
);

// Lists the announcements of an organization. Unique, so that no sequence is assigned twice.
announcementSchema.index({ organizationId: 1, sequence: 1 }, { unique: true });
// Lists the announcements for one agent: `$in` of the agent's audiences, merged in the order of the sequence.
announcementSchema.index({ organizationId: 1, audience: 1, sequence: 1 });
