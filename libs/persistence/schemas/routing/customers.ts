import { Schema } from 'mongoose';
import type { PreferenceField, PreferenceValues, WishSource } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import type { CustomerSnapshot } from './deliveries.js';

export interface StoredWish<V = unknown> {
  value: V;
  source: WishSource;
  /** 0–1; what is stated is certain. */
  confidence: number;
  setAt: Date;
  expiresAt?: Date;
}

export type StoredWishes = { [Field in PreferenceField]?: StoredWish<NonNullable<PreferenceValues[Field]>> };

/** How often what was seen, weighed as of an instant. */
export interface StoredSightings {
  seen: readonly { readonly value: string; readonly weight: number }[];
  at: Date;
}

/** What wishes are learned from, by field. */
export type StoredEvidence = Partial<Record<'safePlace' | 'channel' | 'language' | 'preferredHours', StoredSightings>>;

/** Somebody who receives parcels: one per phone number in an organisation. */
export interface CustomerDocument
  extends AggregateDocument, Pick<CustomerSnapshot, 'name' | 'phone' | 'zone' | 'address' | 'position' | 'legalBasis'> {
  /** The name in lower case, by which lists look. */
  foldedName: string;
  /** What they, or the partner for them, said they wish. */
  stated: StoredWishes;
  /** What was learned from calls; counts where nothing is stated. */
  learned: StoredWishes;
  evidence?: StoredEvidence;
  doNotCall: boolean;
  /** When they were rung of late, over all deliveries; for the daily cap. */
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
/** Lists: all, by whether they may be called, and by how the name begins. */
customerSchema.index({ organizationId: 1, _id: -1 });
customerSchema.index({ organizationId: 1, doNotCall: 1, _id: -1 });
customerSchema.index({ organizationId: 1, foldedName: 1, _id: 1 });
customerSchema.index({ organizationId: 1, doNotCall: 1, foldedName: 1, _id: 1 });
