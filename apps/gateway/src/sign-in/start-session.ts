import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionStarted } from '#libs/contracts/index.js';
import { startRefreshing } from '#libs/domain/identity/refresh-rotation.js';
import { createAggregateEvent, createId, parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { EndSessions, SessionRepository } from '../sessions/sessions.module.js';
import { RefreshTokens } from './refresh-tokens.js';

/** The client that signs in. */
export interface SignInClient {
  readonly ipAddress: string;
  readonly userAgent?: string | undefined;
}

/** At this limit, a sign-in ends the user's oldest session. */
const MAX_SESSIONS_PER_USER = 50;
const MAX_USER_AGENT_LENGTH = 200;

/** Starts a session after a password check. Its id and secrets are always new, which prevents session fixation. */
@Injectable()
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly endSessions: EndSessions,
    private readonly clock: Clock,
  ) {}

  async execute(user: UserDocument, client: SignInClient, tx: Transaction): Promise<SessionDocument> {
    const now = this.clock.now();
    const orgId = parseOrganizationId(user.organizationId);
    const openSessions = await this.sessions.findOpen(orgId, user._id, { tx });
    await this.endSessions.execute(openSessions.slice(MAX_SESSIONS_PER_USER - 1), 'superseded', tx);

    const { revoked: _revoked, ...state } = startRefreshing(now);
    const salt = randomBytes(32).toString('base64url');
    const family = { _id: createId('ses'), salt, generation: state.generation };
    const session = {
      ...state,
      ...family,
      userId: user._id,
      refreshSha256: this.refreshTokens.issue(family).digest,
      createdAt: now,
      address: client.ipAddress,
      ...(client.userAgent === undefined ? {} : { userAgent: sanitizeUserAgent(client.userAgent) }),
    };
    const event = createAggregateEvent(SessionStarted, { sessionId: family._id, userId: user._id }, now);
    return this.sessions.create(tx, orgId, session, [event]);
  }
}

/** Makes the user agent printable and short, because it is untrusted and shown to people. */
const sanitizeUserAgent = (userAgent: string): string =>
  userAgent.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, MAX_USER_AGENT_LENGTH) || '?';
