import { Schema } from 'mongoose';
import type { SessionEnd } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** A user's session on one device: a family of refresh tokens, of which only the newest is valid. */
export interface SessionDocument extends AggregateDocument {
  userId: string;
  /** SHA-256 of the newest refresh token, in hexadecimal. */
  refreshSha256: string;
  /** 256 random bits that make the tokens of this session unique. They are useless without the signing secret. */
  salt: string;
  /** Counts the rotations of the refresh token. */
  generation: number;
  rotatedAt: Date;
  idleExpiresAt: Date;
  expiresAt: Date;
  createdAt: Date;
  /** As sent at sign-in, so that the user can recognize the session. */
  userAgent?: string;
  address?: string;
  revokedAt?: Date;
  revokedReason?: SessionEnd;
}

export const sessionSchema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    userId: { type: String, required: true },
    refreshSha256: { type: String, required: true },
    salt: { type: String, required: true },
    generation: { type: Number, required: true },
    rotatedAt: { type: Date, required: true },
    idleExpiresAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    userAgent: String,
    address: String,
    revokedAt: Date,
    revokedReason: String,
  },
  { collection: 'sessions', versionKey: false },
);

// Finds a user's sessions that are not revoked: they have no `revokedAt`, which is `null` in the index.
sessionSchema.index({ organizationId: 1, userId: 1, revokedAt: 1, _id: -1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 7 * 86_400 });
