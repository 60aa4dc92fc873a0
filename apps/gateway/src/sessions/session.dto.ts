import { FlagField, IdField, InstantField, IntegerField, ObjectListField, TextField } from '#libs/contracts/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';

/** A session of a user. */
export class Session {
  @IdField() sessionId!: string;
  @InstantField() createdAt!: string;
  /** When the tokens were last refreshed, accurate to the lifetime of an access token (15 minutes by default). */
  @InstantField() lastUsedAt!: string;
  @InstantField() expiresAt!: string;
  @TextField({ optional: true, max: 200 }) userAgent?: string;
  @TextField({ optional: true, max: 64 }) address?: string;
  /** Whether it is the session of this request. */
  @FlagField() current!: boolean;
}

export class SessionPage {
  @ObjectListField(() => Session, { maxItems: 200 }) items!: Session[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class SessionsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class RevokedSessions {
  @IntegerField({ min: 0 }) revoked!: number;
}

export function toSession(session: SessionDocument, currentId: string | undefined): Session {
  const { _id: sessionId, createdAt, rotatedAt, idleExpiresAt, userAgent, address } = session;
  return {
    sessionId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: rotatedAt.toISOString(),
    expiresAt: idleExpiresAt.toISOString(),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(address === undefined ? {} : { address }),
    current: sessionId === currentId,
  };
}
