import { Schema } from 'mongoose';
import type { UserRole } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** An invitation to become a user, which is the only way to become one. */
export interface InvitationDocument extends AggregateDocument {
  email: string;
  /** A suggestion: the user may choose another name when accepting. */
  name?: string;
  role: UserRole;
  agentId?: string;
  /** SHA-256 of the token's secret, in hexadecimal. */
  secretSha256: string;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt?: Date;
  userId?: string;
  withdrawnAt?: Date;
}

export const invitationSchema = new Schema<InvitationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    email: { type: String, required: true },
    name: String,
    role: { type: String, required: true },
    agentId: String,
    secretSha256: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    acceptedAt: Date,
    userId: String,
    withdrawnAt: Date,
  },
  { collection: 'invitations', versionKey: false },
);

invitationSchema.index({ organizationId: 1, _id: -1 });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 90 * 86_400 });
