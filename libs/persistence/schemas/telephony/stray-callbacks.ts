import { Schema } from 'mongoose';

/** Long enough to find out what a call was that we do not know; it holds phone numbers, so no longer. */
const RETENTION_DAYS = 30;

/** A genuine webhook about something we do not know. Kept for reconciliation, not lost. */
export interface StrayCallbackDocument {
  _id: string;
  kind: string;
  /** What its path named. */
  reference: string;
  params: Readonly<Record<string, string>>;
  receivedAt: Date;
}

export const strayCallbackSchema = new Schema<StrayCallbackDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    reference: { type: String, required: true },
    params: { type: Schema.Types.Mixed, required: true },
    receivedAt: { type: Date, required: true },
  },
  { collection: 'strayCallbacks', versionKey: false },
);

strayCallbackSchema.index({ reference: 1 });
strayCallbackSchema.index({ receivedAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 });
