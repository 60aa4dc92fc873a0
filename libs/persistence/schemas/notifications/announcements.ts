import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** Whom an announcement is for, as it is searched for: everybody, or `skill:` and the skill. */
export type Audience = 'all' | `skill:${string}`;

/** What many agents are told, stored once. */
export interface AnnouncementDocument extends TenantDocument {
  /** Gapless in the organisation from 1. */
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

/** The organisation's list; unique, so that no sequence can be given twice. */
announcementSchema.index({ organizationId: 1, sequence: 1 }, { unique: true });
/** What concerns one reader: a few audiences, each in order, merged. */
announcementSchema.index({ organizationId: 1, audience: 1, sequence: 1 });
