import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { organizationId } from '#libs/persistence/index.js';
import { GatewayConfig } from '../gateway.config.js';
import { AgentTokens } from './agent-tokens.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { Identity } from './identity.js';
import { digestOf } from './issue-api-key.js';
import { isAllowed, SCOPES } from './permissions.js';

const API_KEY = /^(dak_[0-9a-f]{24})\.([A-Za-z0-9_-]{43})$/;

/** Finds out who is asking from a bearer credential: an API key, an agent's token, or the operator's key. */
@Injectable()
export class Authenticate {
  private readonly operatorDigest: string;

  constructor(
    @Inject(ApiKeyRepository) private readonly keys: ApiKeyRepository,
    @Inject(AgentTokens) private readonly tokens: AgentTokens,
    @Inject(GatewayConfig) config: GatewayConfig,
  ) {
    this.operatorDigest = digestOf(config.OPERATOR_API_KEY);
  }

  async execute(credential: string): Promise<Identity | null> {
    const [, keyId, secret] = API_KEY.exec(credential) ?? [];
    if (keyId !== undefined && secret !== undefined) return this.byApiKey(keyId, secret);
    if (equalDigests(digestOf(credential), this.operatorDigest)) return { role: 'operator' };
    return this.tokens.verify(credential);
  }

  private async byApiKey(keyId: string, secret: string): Promise<Identity | null> {
    const key = await this.keys.findByKeyId(keyId);
    if (!key || !equalDigests(digestOf(secret), key.secretSha256)) return null;
    const scopes = SCOPES.filter((scope) => isAllowed(key.role, scope));
    return { role: 'key', organizationId: organizationId(key.organizationId), keyId, scopes };
  }
}

function equalDigests(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
