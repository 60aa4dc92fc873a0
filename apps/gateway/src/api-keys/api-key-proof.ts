import { Injectable, Logger } from '@nestjs/common';
import { organizationId } from '#libs/persistence/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/gateway/api-keys.js';
import { Clock } from '#libs/clock/clock.js';
import { type Proof, SCOPES } from '../principals/principals.module.js';
import { digestOf, equalDigests } from '../credentials/credentials.module.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** What an API key proves. */
@Injectable()
export class ApiKeyProof {
  private readonly logger = new Logger('ApiKeys');

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly clock: Clock,
  ) {}

  async prove(keyId: string, secret: string): Promise<Proof | null> {
    const key = await this.keys.findByKeyId(keyId);
    if (!key || key.revokedAt) return null;
    const now = this.clock.now();
    const expiresAt = endOf(key, digestOf(secret));
    if (expiresAt <= now.getTime()) return null;
    // Proven keys are remembered for some seconds, so this is at most a write a minute, and nobody waits for it.
    this.keys.noteUse(keyId, now).catch((error: unknown) => this.logger.warn(`Use not noted: ${String(error)}`));
    // A permission that does not exist any more is worth nothing.
    const scopes = SCOPES.filter((scope) => key.scopes.includes(scope));
    const identity = { role: 'key', organizationId: organizationId(key.organizationId), keyId, scopes } as const;
    return { identity, expiresAt };
  }
}

/** Until when this secret is the key's; `-Infinity` when it never was. */
function endOf({ secretSha256, previous, expiresAt }: ApiKeyDocument, digest: string): number {
  const end = expiresAt?.getTime() ?? Infinity;
  if (equalDigests(digest, secretSha256)) return end;
  if (previous && equalDigests(digest, previous.secretSha256)) return Math.min(end, previous.validUntil.getTime());
  return -Infinity;
}
