import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { GatewayConfig } from '../config/config.module.js';
import { AgentAccessRepository } from '../revocation/revocation.module.js';
import type { VerifiedIdentity } from '../principals/principals.module.js';
import { AccessTokens, AUDIENCE, type TokenClaims } from '../credentials/credentials.module.js';

/** Access tokens that an administrator issues for one agent of one organization, without a session. */
@Injectable()
export class AgentTokens {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly agents: AgentAccessRepository,
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
  ) {}

  /** @param org the id of the organization */
  issue(org: OrganizationId, agentId: string): { token: string; expiresInSeconds: number } {
    const expiresInSeconds = this.config.AGENT_TOKEN_SECONDS;
    const token = this.accessTokens.sign({
      audience: AUDIENCE.agent,
      subject: agentId,
      claims: { org },
      issuedAt: this.clock.now(),
      expiresInSeconds,
    });
    return { token, expiresInSeconds };
  }

  /** @returns `null` if the agent's access ended after the token was issued */
  async verify({ org, sub: agentId, iat, exp }: TokenClaims): Promise<VerifiedIdentity | null> {
    const identity = { role: 'agent', organizationId: parseOrganizationId(org), agentId } as const;
    const isOpen = await this.agents.isOpen(identity.organizationId, agentId, new Date(iat * 1000));
    return isOpen ? { identity, expiresAt: exp * 1000 } : null;
  }
}
