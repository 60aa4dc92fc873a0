import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** The counter of an organization's announcements. `_id` is the organization's id. */
export interface AnnouncementBoardDocument extends AggregateDocument {
  /** Sequence of the newest announcement. Sequences are gapless from 1. */
  lastAnnouncementSequence: number;
}

export const announcementBoardSchema = new Schema<AnnouncementBoardDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    lastAnnouncementSequence: { type: Number, required: true },
  },
  { collection: 'announcementBoards', versionKey: false },
);
