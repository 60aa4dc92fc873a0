import { Injectable } from '@nestjs/common';
import { ApiKeyProof } from '../api-keys/api-keys.module.js';
import { GatewayConfig } from '../config/config.module.js';
import { SessionProof } from '../sessions/sessions.module.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import { AgentTokens } from './agent-tokens.js';
import type { Proof } from '../principals/principals.module.js';
import { AUDIENCE, digestOf, equalDigests } from '../credentials/credentials.module.js';
import { JwtGuard } from './jwt.guard.js';
import { VerifiedCredentials } from './verified-credentials.js';

const API_KEY = /^(dak_[0-9a-f]{24})\.([A-Za-z0-9_-]{43})$/;

/** Authenticates a bearer credential: an API key, an access token, or the operator's key. */
@Injectable()
export class Authenticate {
  private readonly operatorDigest: string;

  constructor(
    private readonly keys: ApiKeyProof,
    private readonly jwt: JwtGuard,
    private readonly sessions: SessionProof,
    private readonly agentTokens: AgentTokens,
    private readonly verified: VerifiedCredentials,
    private readonly changes: AccessChanges,
    config: GatewayConfig,
  ) {
    this.operatorDigest = digestOf(config.OPERATOR_API_KEY);
  }

  /**
   * @returns `null` for an invalid credential; forged, expired, revoked and unknown credentials are not distinguished
   */
  async execute(credential: string): Promise<Proof | null> {
    const known = this.verified.find(credential);
    if (known) return known;
    const { changesHeard } = this.changes;
    const proof = await this.verify(credential);
    if (proof) this.verified.remember(credential, proof, changesHeard);
    return proof;
  }

  private async verify(credential: string): Promise<Proof | null> {
    const [, keyId, secret] = API_KEY.exec(credential) ?? [];
    if (keyId !== undefined && secret !== undefined) return this.keys.verify(keyId, secret);
    if (equalDigests(digestOf(credential), this.operatorDigest))
      return { identity: { role: 'operator' }, expiresAt: Infinity };
    const claims = await this.jwt.verify(credential);
    if (!claims) return null;
    return claims.aud === AUDIENCE.session ? this.sessions.verify(claims) : this.agentTokens.verify(claims);
  }
}
