import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** The audience of an announcement, in its indexed form: `all`, or `skill:` and the skill. */
export type Audience = 'all' | `skill:${string}`;

/** A message to many agents, stored once. */
export interface AnnouncementDocument extends TenantDocument {
  /** Gapless within the organization, from 1. */
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

/** The organization's list. Unique, so that no sequence is assigned twice. */
announcementSchema.index({ organizationId: 1, sequence: 1 }, { unique: true });
/** The announcements of one reader, merged from the sorted lists of a few audiences. */
announcementSchema.index({ organizationId: 1, audience: 1, sequence: 1 });
