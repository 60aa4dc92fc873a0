import { Injectable } from '@nestjs/common';
import { ApiKeyVerifier } from '../api-keys/api-keys.module.js';
import { GatewayConfig } from '../config/config.module.js';
import { SessionVerifier } from '../sessions/sessions.module.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import { AgentTokens } from './agent-tokens.js';
import type { VerifiedIdentity } from '../principals/principals.module.js';
import { AUDIENCE, toDigest, equalDigests } from '../credentials/credentials.module.js';
import { JwtGuard } from './jwt.guard.js';
import { VerifiedCredentials } from './verified-credentials.js';

const API_KEY_PATTERN = /^(dak_[0-9a-f]{24})\.([A-Za-z0-9_-]{43})$/;

/** Authenticates a bearer credential: an API key, an access token, or the operator's key. */
@Injectable()
export class Authenticate {
  private readonly operatorDigest: string;

  constructor(
    private readonly keys: ApiKeyVerifier,
    private readonly jwt: JwtGuard,
    private readonly sessions: SessionVerifier,
    private readonly agentTokens: AgentTokens,
    private readonly verifiedCredentials: VerifiedCredentials,
    private readonly changes: AccessChanges,
    config: GatewayConfig,
  ) {
    this.operatorDigest = toDigest(config.OPERATOR_API_KEY);
  }

  /**
   * @returns `null` for an invalid credential; forged, expired, revoked and unknown credentials are not distinguished
   */
  async execute(credential: string): Promise<VerifiedIdentity | null> {
    const cached = this.verifiedCredentials.find(credential);
    if (cached) return cached;
    // Read before the verification, so that `remember` notices a change during it.
    const { receivedChangeCount } = this.changes;
    const verified = await this.verify(credential);
    if (verified) this.verifiedCredentials.remember(credential, verified, receivedChangeCount);
    return verified;
  }

  private async verify(credential: string): Promise<VerifiedIdentity | null> {
    const [, keyId, secret] = API_KEY_PATTERN.exec(credential) ?? [];
    if (keyId !== undefined && secret !== undefined) return this.keys.verify(keyId, secret);
    if (equalDigests(toDigest(credential), this.operatorDigest))
      return { identity: { role: 'operator' }, expiresAt: Infinity };
    const claims = await this.jwt.verify(credential);
    if (!claims) return null;
    return claims.aud === AUDIENCE.session ? this.sessions.verify(claims) : this.agentTokens.verify(claims);
  }
}
