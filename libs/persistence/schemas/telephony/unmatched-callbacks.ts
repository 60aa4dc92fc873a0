import { Schema } from 'mongoose';

/** Long enough to investigate an unknown call, and no longer, because the document contains phone numbers. */
const RETENTION_DAYS = 30;

/** An authentic carrier webhook about a call or text that is not in the log (yet). It is kept and matched later. */
export interface UnmatchedCallbackDocument {
  _id: string;
  kind: string;
  /** The reference in the webhook's path. */
  reference: string;
  params: Readonly<Record<string, string>>;
  receivedAt: Date;
}

export const unmatchedCallbackSchema = new Schema<UnmatchedCallbackDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    reference: { type: String, required: true },
    params: { type: Schema.Types.Mixed, required: true },
    receivedAt: { type: Date, required: true },
  },
  { collection: 'strayCallbacks', versionKey: false },
);

unmatchedCallbackSchema.index({ reference: 1 });
unmatchedCallbackSchema.index({ receivedAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 });
