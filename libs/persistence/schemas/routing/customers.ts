import { Schema } from 'mongoose';
import type { PreferenceField, PreferenceValues, StatementSource } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import type { CustomerSnapshot } from './deliveries.js';

/** One preference of a customer, stated or learned. */
export interface StoredPreference<V = unknown> {
  value: V;
  source: StatementSource;
  /** 0–1. A stated preference has confidence 1. */
  confidence: number;
  setAt: Date;
  expiresAt?: Date;
}

/** The preferences of a customer, by field. */
export type StoredPreferences = { [Field in PreferenceField]?: StoredPreference<NonNullable<PreferenceValues[Field]>> };

/** Weighted counts of observed values, as of an instant. */
export interface StoredSightings {
  seen: readonly { readonly value: string; readonly weight: number }[];
  at: Date;
}

/** The observations that preferences are learned from, by field. */
export type StoredEvidence = Partial<Record<'safePlace' | 'channel' | 'language' | 'preferredHours', StoredSightings>>;

/** A person who receives deliveries: one per phone number and organization. */
export interface CustomerDocument
  extends AggregateDocument, Pick<CustomerSnapshot, 'name' | 'phone' | 'zone' | 'address' | 'position' | 'legalBasis'> {
  /** The name in lower case, for searching lists. */
  foldedName: string;
  /** Preferences stated by the customer, or by the partner on the customer's behalf. */
  stated: StoredPreferences;
  /** Preferences learned from contacts. They apply where no preference is stated. */
  learned: StoredPreferences;
  evidence?: StoredEvidence;
  doNotCall: boolean;
  /** Times of recent calls across all deliveries, for the daily cap. */
  recentAttempts: Date[];
  createdAt: Date;
  updatedAt: Date;
}

export const customerSchema = new Schema<CustomerDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    phone: { type: String, required: true },
    zone: String,
    address: String,
    position: { type: [Number], required: true },
    legalBasis: String,
    stated: { type: Schema.Types.Mixed, required: true },
    learned: { type: Schema.Types.Mixed, required: true },
    evidence: Schema.Types.Mixed,
    doNotCall: { type: Boolean, required: true },
    recentAttempts: { type: [Date], default: [] },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'customers', versionKey: false, minimize: false },
);

customerSchema.index({ organizationId: 1, phone: 1 }, { unique: true });
// Lists of customers: all, by `doNotCall`, and by name prefix.
customerSchema.index({ organizationId: 1, _id: -1 });
customerSchema.index({ organizationId: 1, doNotCall: 1, _id: -1 });
customerSchema.index({ organizationId: 1, foldedName: 1, _id: 1 });
customerSchema.index({ organizationId: 1, doNotCall: 1, foldedName: 1, _id: 1 });
