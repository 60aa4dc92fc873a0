import { Injectable } from '@nestjs/common';
import { decideRefresh } from '#libs/domain/identity/refresh-rotation.js';
import { parseOrganizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentAccessRepository } from '../revocation/revocation.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { EndSessions, SessionRepository } from '../sessions/sessions.module.js';
import { RefreshTokens, type PresentedToken } from './refresh-tokens.js';
import { SessionTokens, type IssuedTokens } from './session-tokens.js';

/**
 * Refreshes a session's tokens. Each refresh token is valid once. A second use within a few seconds returns the same
 * successor, because the first response may have been lost. A later reuse ends the session, because the token may have
 * been stolen.
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

  /** @throws Problem 401 `session_ended` for every invalid token */
  async execute(refreshToken: string): Promise<IssuedTokens> {
    const presentedToken = this.refreshTokens.read(refreshToken);
    // Throws after the transaction, because the revocation of a session whose token was reused must be committed.
    const issuedTokens = presentedToken && (await this.transactions.run((tx) => this.renew(presentedToken, tx)));
    if (!issuedTokens) throw createSessionEndedProblem();
    return issuedTokens;
  }

  private async renew(presentedToken: PresentedToken, tx: Transaction): Promise<IssuedTokens | null> {
    const session = await this.sessions.findBySessionId(presentedToken.sessionId, tx);
    if (!session || !this.refreshTokens.isGenuine(presentedToken, session)) return null;
    const decision = decideRefresh(
      { ...session, revoked: session.revokedAt !== undefined },
      presentedToken.generation,
      this.clock.now(),
    );
    if (decision.kind === 'ended') return null;
    if (decision.kind === 'reused') {
      await this.endSessions.execute([session], 'token_reused', tx);
      return null;
    }
    const orgId = parseOrganizationId(session.organizationId);
    const user = await this.users.findById(orgId, session.userId, tx);
    if (!user?.active) return null;
    const { agentId } = user;
    if (agentId !== undefined && !(await this.agents.isOpen(orgId, agentId, session.createdAt))) return null;

    if (decision.kind === 'repeat') {
      const currentToken = this.refreshTokens.repeat(session);
      return currentToken === undefined ? null : this.tokens.issue(user, session, currentToken);
    }
    const { generation, rotatedAt, idleExpiresAt } = decision.next;
    const rotatedSession: SessionDocument = { ...session, generation, rotatedAt, idleExpiresAt };
    const token = this.refreshTokens.issue(rotatedSession);
    const savedSession = await this.sessions.save(tx, orgId, { ...rotatedSession, refreshSha256: token.digest });
    return this.tokens.issue(user, savedSession, token.text);
  }
}

/** The same error for every reason, so that the response does not reveal why a token is invalid. */
const createSessionEndedProblem = (): Problem =>
  Problem.of('session_ended', 'This refresh token is invalid or no longer valid; sign in again.');
