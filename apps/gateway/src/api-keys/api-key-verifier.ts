import { Injectable, Logger } from '@nestjs/common';
import { parseOrganizationId } from '#libs/persistence/index.js';
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

  /** @returns `null` if the key is unknown, revoked or expired, or if the secret does not belong to it */
  async verify(keyId: string, secret: string): Promise<VerifiedIdentity | null> {
    const key = await this.keys.findByKeyId(keyId);
    if (!key || key.revokedAt) return null;
    const now = this.clock.now();
    const expiresAt = getSecretExpiryMs(key, toDigest(secret));
    if (expiresAt <= now.getTime()) return null;
    // Runs at most every 30 s for a key, because verified keys are cached. The request does not wait for it.
    this.keys
      .recordUse(keyId, now)
      .catch((error: unknown) => this.logger.warn(`Could not record the use of API key ${keyId}: ${String(error)}`));
    // Ignores stored permissions that no longer exist.
    const scopes = SCOPES.filter((scope) => key.scopes.includes(scope));
    const identity = { role: 'key', organizationId: parseOrganizationId(key.organizationId), keyId, scopes } as const;
    return { identity, expiresAt };
  }
}

/**
 * Returns the instant at which the secret expires, in milliseconds since the epoch; `-Infinity` if it does not
 * belong to the key.
 */
function getSecretExpiryMs({ secretSha256, previous, expiresAt }: ApiKeyDocument, digest: string): number {
  const keyExpiryMs = expiresAt?.getTime() ?? Infinity;
  if (equalDigests(digest, secretSha256)) return keyExpiryMs;
  if (previous && equalDigests(digest, previous.secretSha256))
    return Math.min(keyExpiryMs, previous.validUntil.getTime());
  return -Infinity;
}
