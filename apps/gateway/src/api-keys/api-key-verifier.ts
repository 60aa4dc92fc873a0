import { Injectable, Logger } from '@nestjs/common';
import { organizationId } from '#libs/persistence/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/gateway/api-keys.js';
import { Clock } from '#libs/clock/clock.js';
import { type VerifiedIdentity, SCOPES } from '../principals/principals.module.js';
import { toDigest, equalDigests } from '../credentials/credentials.module.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** Verifies API keys and returns the identity that a valid key stands for. */
@Injectable()
export class ApiKeyVerifier {
  private readonly logger = new Logger('ApiKeys');

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly clock: Clock,
  ) {}

  async verify(keyId: string, secret: string): Promise<VerifiedIdentity | null> {
    const key = await this.keys.findByKeyId(keyId);
    if (!key || key.revokedAt) return null;
    const now = this.clock.now();
    const expiresAt = secretExpiry(key, toDigest(secret));
    if (expiresAt <= now.getTime()) return null;
    // Runs at most every 30 s for a key, because verified keys are cached. The request does not wait for it.
    this.keys
      .recordUse(keyId, now)
      .catch((error: unknown) => this.logger.warn(`API key use not recorded: ${String(error)}`));
    // Ignores stored permissions that no longer exist.
    const scopes = SCOPES.filter((scope) => key.scopes.includes(scope));
    const identity = { role: 'key', organizationId: organizationId(key.organizationId), keyId, scopes } as const;
    return { identity, expiresAt };
  }
}

/**
 * Returns the instant at which the secret expires, in milliseconds since the epoch; `-Infinity` if it does not
 * belong to the key.
 */
function secretExpiry({ secretSha256, previous, expiresAt }: ApiKeyDocument, digest: string): number {
  const keyExpiry = expiresAt?.getTime() ?? Infinity;
  if (equalDigests(digest, secretSha256)) return keyExpiry;
  if (previous && equalDigests(digest, previous.secretSha256))
    return Math.min(keyExpiry, previous.validUntil.getTime());
  return -Infinity;
}
