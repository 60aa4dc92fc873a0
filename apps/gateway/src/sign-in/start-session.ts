import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionStarted } from '#libs/contracts/index.js';
import { startRefreshing } from '#libs/domain/identity/refresh-rotation.js';
import { aggregateEvent, newId, organizationId, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { EndSessions, SessionRepository } from '../sessions/sessions.module.js';
import { RefreshTokens } from './refresh-tokens.js';

/** Where a sign-in comes from. */
export interface Origin {
  readonly address: string;
  readonly userAgent?: string | undefined;
}

/** Whoever signs in once more than this ends the oldest of their sessions. */
const MOST_SESSIONS = 50;
const LONGEST_USER_AGENT = 200;

/** Begins a session of a user whose password was right. Its id and secrets are always new: none can be planted before. */
@Injectable()
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly endSessions: EndSessions,
    private readonly clock: Clock,
  ) {}

  async execute(user: UserDocument, origin: Origin, tx: Transaction): Promise<SessionDocument> {
    const now = this.clock.now();
    const tenant = organizationId(user.organizationId);
    const open = await this.sessions.findOpen(tenant, user._id, { tx });
    await this.endSessions.execute(open.slice(MOST_SESSIONS - 1), 'superseded', tx);

    const { revoked: _never, ...state } = startRefreshing(now);
    const salt = randomBytes(32).toString('base64url');
    const family = { _id: newId('ses'), salt, generation: state.generation };
    const session = {
      ...state,
      ...family,
      userId: user._id,
      refreshSha256: this.refreshTokens.issue(family).digest,
      createdAt: now,
      address: origin.address,
      ...(origin.userAgent === undefined ? {} : { userAgent: readable(origin.userAgent) }),
    };
    const told = aggregateEvent(SessionStarted, { sessionId: family._id, userId: user._id }, now);
    return this.sessions.create(tx, tenant, session, [told]);
  }
}

/** What a stranger calls their browser is shown to people: printable and short. */
const readable = (userAgent: string): string =>
  userAgent.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_USER_AGENT) || '?';
