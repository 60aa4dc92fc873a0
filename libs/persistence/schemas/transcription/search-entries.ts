import { Schema } from 'mongoose';
import type { CallOutcome, Language } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** Facts about the call and the delivery of a recording, copied from the events of other apps. */
export interface SearchFacts {
  customerId?: string;
  agentId?: string;
  outcome?: CallOutcome;
}

/** The search entry of one recording. `_id` is the recording's id. It can be rebuilt from transcripts and events. */
export interface SearchEntryDocument extends TenantDocument, SearchFacts {
  attemptId: string;
  deliveryId: string;
  spokenAt: Date;
  language: Language;
  /** The transcript with masked access codes, so that a search can neither find nor guess a code. */
  text: string;
  /** The instructions in words, without access codes. */
  wishes: string;
  /** Embedding of `text` and `wishes`: 32-bit floats, little-endian. Absent until computed, and after they change. */
  vector?: Buffer;
  /** The model of the embedding. */
  vectorModel?: string;
  /** Set by the database's clock. Search indexes in memory load the entries that changed since their last update. */
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

// Full-text index. The organization is its prefix, so that a search examines only the organization's entries. Words are
// stemmed in the entry's language.
searchEntrySchema.index(
  { organizationId: 1, wishes: 'text', text: 'text' },
  { name: 'words', weights: { wishes: 3, text: 1 }, default_language: 'english', language_override: 'language' },
);
searchEntrySchema.index({ organizationId: 1, attemptId: 1 });
searchEntrySchema.index({ organizationId: 1, deliveryId: 1 });
// A covering index: the query for changed entries reads only the index.
searchEntrySchema.index({ organizationId: 1, changedAt: 1, _id: 1 });
searchEntrySchema.index({ vectorModel: 1 });

/**
 * Facts about an attempt or a delivery, whether or not it has search entries yet. `_id` is `attempt/…` or `delivery/…`.
 * A transaction that writes an entry also increments `touched`, and a transaction that writes a fact also updates the
 * entries. Two concurrent transactions therefore conflict, and one of them is retried.
 */
export interface SearchFactsDocument extends TenantDocument {
  facts: SearchFacts;
  /** Sequence of the event that reported the delivery's agent. An event with a lower sequence is ignored. */
  agentSequence?: number;
  /** Incremented by every transaction that reads the facts for an entry or writes them. */
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
