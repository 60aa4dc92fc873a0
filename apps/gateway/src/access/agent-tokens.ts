import { Inject, Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { organizationId, type OrganizationId } from '#libs/persistence/index.js';
import { GatewayConfig } from '../gateway.config.js';
import type { Proof } from './identity.js';

const ISSUER = 'delauto';
const AUDIENCE = 'delauto-agent';
/** Pinned: a token that names another algorithm, or none, is refused. */
const ALGORITHM = 'HS256';

/** Agents' access tokens: signed, short-lived, for one agent of one organisation. */
@Injectable()
export class AgentTokens {
  constructor(@Inject(GatewayConfig) private readonly config: GatewayConfig) {}

  issue(organization: OrganizationId, agentId: string): { token: string; expiresInSeconds: number } {
    const expiresInSeconds = this.config.AGENT_TOKEN_SECONDS;
    const token = jwt.sign({ org: organization }, this.config.JWT_SECRET, {
      algorithm: ALGORITHM,
      subject: agentId,
      issuer: ISSUER,
      audience: AUDIENCE,
      expiresIn: expiresInSeconds,
    });
    return { token, expiresInSeconds };
  }

  /** Who the token proves, or `null`: forged, expired and foreign tokens are all the same to us. */
  verify(token: string): Proof | null {
    try {
      const claims = jwt.verify(token, this.config.JWT_SECRET, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
      });
      if (typeof claims === 'string' || typeof claims['org'] !== 'string' || !claims.sub || !claims.exp) return null;
      const identity = { role: 'agent', organizationId: organizationId(claims['org']), agentId: claims.sub } as const;
      return { identity, expiresAt: claims.exp * 1000 };
    } catch {
      return null;
    }
  }
}
