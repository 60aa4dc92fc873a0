import { Schema } from 'mongoose';

/** Failed sign-ins to one account from one network. `_id` is a digest of both and reveals neither. */
export interface SignInTriesDocument {
  _id: string;
  failures: number;
  lastAt: Date;
}

export const signInTriesSchema = new Schema<SignInTriesDocument>(
  {
    _id: { type: String, required: true },
    failures: { type: Number, required: true },
    lastAt: { type: Date, required: true },
  },
  { collection: 'signInTries', versionKey: false },
);

signInTriesSchema.index({ lastAt: 1 }, { expireAfterSeconds: 2 * 86_400 });
