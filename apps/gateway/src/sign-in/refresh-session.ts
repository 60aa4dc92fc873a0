import { Injectable } from '@nestjs/common';
import { decideRefresh } from '#libs/domain/identity/refresh-rotation.js';
import { organizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentAccessRepository } from '../revocation/revocation.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { EndSessions, SessionRepository } from '../sessions/sessions.module.js';
import { RefreshTokens, type PresentedToken } from './refresh-tokens.js';
import { SessionTokens, type GivenTokens } from './session-tokens.js';

/**
 * Renews a session's tokens. The refresh token is spent by it: a second use within some seconds answers the same successor,
 * because the first answer may have been lost; a later one ends the session, because somebody has a copy.
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly agents: AgentAccessRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly tokens: SessionTokens,
    private readonly endSessions: EndSessions,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 401 `session_ended` for a token that is worth nothing, for whatever reason */
  async execute(refreshToken: string): Promise<GivenTokens> {
    const presented = this.refreshTokens.read(refreshToken);
    // What ends a session is committed: the refusal is thrown after it.
    const given = presented && (await this.transactions.run((tx) => this.renew(presented, tx)));
    if (!given) throw sessionEnded();
    return given;
  }

  private async renew(presented: PresentedToken, tx: Transaction): Promise<GivenTokens | null> {
    const session = await this.sessions.findBySessionId(presented.sessionId, tx);
    if (!session || !this.refreshTokens.isGenuine(presented, session)) return null;
    const decision = decideRefresh(
      { ...session, revoked: session.revokedAt !== undefined },
      presented.generation,
      this.clock.now(),
    );
    if (decision.kind === 'ended') return null;
    if (decision.kind === 'reused') {
      await this.endSessions.execute([session], 'token_reused', tx);
      return null;
    }
    const tenant = organizationId(session.organizationId);
    const user = await this.users.findById(tenant, session.userId, tx);
    if (!user?.active) return null;
    const { agentId } = user;
    if (agentId !== undefined && !(await this.agents.isOpen(tenant, agentId, session.createdAt))) return null;

    if (decision.kind === 'repeat') {
      const again = this.refreshTokens.repeat(session);
      return again === undefined ? null : this.tokens.give(user, session, again);
    }
    const { generation, rotatedAt, idleExpiresAt } = decision.next;
    const next: SessionDocument = { ...session, generation, rotatedAt, idleExpiresAt };
    const token = this.refreshTokens.issue(next);
    const saved = await this.sessions.save(tx, tenant, { ...next, refreshSha256: token.digest });
    return this.tokens.give(user, saved, token.text);
  }
}

/** The same for every reason: who holds a token that is worth nothing learns nothing from it. */
const sessionEnded = (): Problem =>
  Problem.of('session_ended', 'This refresh token is worth nothing (any more): sign in again.');
