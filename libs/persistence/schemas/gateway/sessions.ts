import { Schema } from 'mongoose';
import type { SessionEnd } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** Somebody is signed in on a device: one family of refresh tokens, of which only the newest is good. */
export interface SessionDocument extends AggregateDocument {
  userId: string;
  /** SHA-256 of the newest refresh token, in hexadecimal. */
  refreshSha256: string;
  /** 256 random bits that make this session's tokens its own; worth nothing without the signing secret. */
  salt: string;
  generation: number;
  rotatedAt: Date;
  idleExpiresAt: Date;
  expiresAt: Date;
  createdAt: Date;
  /** As they were told at sign-in, for the owner to recognise it by. */
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

/** Those that can still be used have no `revokedAt`: `null` in the index. */
sessionSchema.index({ organizationId: 1, userId: 1, revokedAt: 1, _id: -1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 7 * 86_400 });
