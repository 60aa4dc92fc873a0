import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** One agent's place in the organisation's announcements; `_id` is the agent's id. */
export interface AnnouncementReaderDocument extends AggregateDocument {
  /** Decides which audiences the agent belongs to. */
  skills: string[];
  /** Sequence of the agent's event that told of them; 0 before any did. */
  agentSequence: number;
  /** Everything up to this sequence was read, or was there before the agent was. */
  readUpTo: number;
}

export const announcementReaderSchema = new Schema<AnnouncementReaderDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    skills: { type: [String], required: true },
    agentSequence: { type: Number, required: true },
    readUpTo: { type: Number, required: true },
  },
  { collection: 'announcementReaders', versionKey: false },
);
