import { Schema } from 'mongoose';
import type { CallOutcome, Language } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** What is known of the call and the delivery a recording belongs to; copied from the events of their owners. */
export interface SearchFacts {
  customerId?: string;
  agentId?: string;
  outcome?: CallOutcome;
}

/** One recording as it is searched. `_id` is the recording's id. Rebuildable from transcripts and events. */
export interface SearchEntryDocument extends TenantDocument, SearchFacts {
  attemptId: string;
  deliveryId: string;
  spokenAt: Date;
  language: Language;
  /** The customer's words, codes covered: what opens a door can neither be found nor be guessed at by searching. */
  text: string;
  /** What was understood, in words, without codes. */
  wishes: string;
  /** What text and wishes mean: 32-bit floats, little-endian. Absent until it is made, and again after they change. */
  vector?: Buffer;
  /** By which model. */
  vectorModel?: string;
  /** By the database's clock: what changed since a look at it. */
  changedAt?: Date;
}

export const searchEntrySchema = new Schema<SearchEntryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    attemptId: { type: String, required: true },
    deliveryId: { type: String, required: true },
    spokenAt: { type: Date, required: true },
    language: { type: String, required: true },
    text: { type: String },
    wishes: { type: String },
    customerId: String,
    agentId: String,
    outcome: String,
    vector: Buffer,
    vectorModel: String,
    changedAt: Date,
  },
  { collection: 'searchEntries', versionKey: false },
);

/** The organisation stands before the words: only its own are looked at. Each entry's words in its own language's forms. */
searchEntrySchema.index(
  { organizationId: 1, wishes: 'text', text: 'text' },
  { name: 'words', weights: { wishes: 3, text: 1 }, default_language: 'english', language_override: 'language' },
);
searchEntrySchema.index({ organizationId: 1, attemptId: 1 });
searchEntrySchema.index({ organizationId: 1, deliveryId: 1 });
/** What changed is told by the index alone. */
searchEntrySchema.index({ organizationId: 1, changedAt: 1, _id: 1 });
searchEntrySchema.index({ vectorModel: 1 });

/**
 * Facts about an attempt or a delivery, whether or not anything of it is searchable yet. `_id` is `attempt/…` or
 * `delivery/…`. Whoever writes an entry touches its facts in the same transaction, and whoever learns a fact updates the
 * entries: so the two never miss each other.
 */
export interface SearchFactsDocument extends TenantDocument {
  facts: SearchFacts;
  /** Of the event that said which agent has the delivery: a later one counts, in whatever order they come. */
  agentSequence?: number;
  touched: number;
}

export const searchFactsSchema = new Schema<SearchFactsDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    facts: { type: Schema.Types.Mixed, default: {} },
    agentSequence: Number,
    touched: { type: Number, required: true },
  },
  { collection: 'searchFacts', versionKey: false, minimize: false },
);
