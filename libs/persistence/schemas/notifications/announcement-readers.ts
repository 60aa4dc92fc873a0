import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** The position up to which an agent has read the organization's announcements. `_id` is the agent's id. */
export interface AnnouncementReaderDocument extends AggregateDocument {
  /** Determines the audiences to which the agent belongs. */
  skills: string[];
  /** Sequence of the agent's event that reported the skills; 0 before the first. */
  agentSequence: number;
  /** All announcements up to this sequence are read or were created before the agent. */
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
