import { Schema } from 'mongoose';
import type { UserRole } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A person who signs in. Never leaves the gateway as it is: the hash is in it. */
export interface UserDocument extends AggregateDocument {
  /** In its normal form; unique over all organisations, because signing in asks for no organisation. */
  email: string;
  name: string;
  role: UserRole;
  agentId?: string;
  active: boolean;
  /** PHC text of Argon2id. */
  passwordHash: string;
  createdAt: Date;
  lastSignInAt?: Date;
}

export const userSchema = new Schema<UserDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    agentId: String,
    active: { type: Boolean, required: true },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastSignInAt: Date,
  },
  { collection: 'users', versionKey: false },
);

userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ organizationId: 1, _id: -1 });
userSchema.index({ organizationId: 1, role: 1, active: 1, _id: -1 });
