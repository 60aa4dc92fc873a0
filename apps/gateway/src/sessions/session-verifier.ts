import { Injectable } from '@nestjs/common';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessChanges, AgentAccessRepository } from '../revocation/revocation.module.js';
import type { AgentIdentity, VerifiedIdentity, UserIdentity } from '../principals/principals.module.js';
import type { TokenClaims } from '../credentials/credentials.module.js';
import { UserRepository } from '../users/users.module.js';
import { SessionCache } from './session-cache.js';
import type { SessionState } from './session-state.js';
import { SessionRepository } from './session.repository.js';

/** Verifies session tokens. The identity has the user's current role, not the role at the time of signing. */
@Injectable()
export class SessionVerifier {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly agentAccess: AgentAccessRepository,
    private readonly cache: SessionCache,
    private readonly accessChanges: AccessChanges,
    private readonly clock: Clock,
  ) {}

  /** @returns `null` if the session has ended or expired, or if the user or agent is deactivated */
  async verify(claims: TokenClaims): Promise<VerifiedIdentity | null> {
    const state = await this.findState(claims);
    if (!state || state.expiresAt <= this.clock.now().getTime()) return null;
    return { identity: toIdentity(state), expiresAt: Math.min(claims.exp * 1000, state.expiresAt) };
  }

  private async findState({ sid, sub, org }: TokenClaims): Promise<SessionState | null> {
    if (sid === undefined) return null;
    // Cached sessions may be outdated while this gateway misses access changes, and shortly after a change.
    const cached = this.accessChanges.isListening ? await this.cache.find(sid) : undefined;
    const matchesClaims = cached?.userId === sub && cached.organizationId === org;
    if (cached && matchesClaims && !this.accessChanges.changedRecently(toIdentity(cached))) return cached;
    const state = await this.readState(sid, sub, org);
    if (state) await this.cache.store(state);
    return state;
  }

  private async readState(sessionId: string, userId: string, org: string): Promise<SessionState | null> {
    const orgId = parseOrganizationId(org);
    const [session, user] = await Promise.all([
      this.sessions.findById(orgId, sessionId),
      this.users.findById(orgId, userId),
    ]);
    if (!session || session.userId !== userId || session.revokedAt || !user?.active) return null;
    const { role, agentId } = user;
    if (agentId !== undefined && !(await this.agentAccess.isOpen(orgId, agentId, session.createdAt))) return null;
    const expiresAt = session.idleExpiresAt.getTime();
    return { sessionId, organizationId: org, userId, role, ...(agentId === undefined ? {} : { agentId }), expiresAt };
  }
}

function toIdentity({
  role,
  organizationId: org,
  userId,
  sessionId,
  agentId,
}: SessionState): UserIdentity | AgentIdentity {
  const common = { organizationId: parseOrganizationId(org), userId, sessionId };
  if (role !== 'agent') return { ...common, role };
  if (agentId === undefined) throw new Error(`User ${userId} is an agent without an agentId.`);
  return { ...common, role, agentId };
}
