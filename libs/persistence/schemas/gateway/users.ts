import { Schema } from 'mongoose';
import type { UserRole } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A person who signs in. The document contains the password hash and must not leave the gateway. */
export interface UserDocument extends AggregateDocument {
  /** Normalized. Unique across all organizations, because users sign in without naming their organization. */
  email: string;
  name: string;
  role: UserRole;
  agentId?: string;
  active: boolean;
  /** Argon2id, in PHC string format. */
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
