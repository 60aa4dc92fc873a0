import { Injectable } from '@nestjs/common';
import { ApiKeyRotated, CodedError } from '#libs/contracts/index.js';
import { createAggregateEvent, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import type { Caller } from '../requests/requests.module.js';
import { assertMayGrant, SCOPES } from '../principals/principals.module.js';
import { toDigest, newSecret } from '../credentials/credentials.module.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { IssuedApiKey } from './issue-api-key.js';

/**
 * Gives a key a new secret. The previous secret stays valid for the overlap, so that a system can switch without a gap.
 */
@Injectable()
export class RotateApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `api_key_revoked`; Problem 403 for a key with permissions that the caller lacks */
  async execute(caller: Caller, keyId: string, overlapSeconds: number, tx: Transaction): Promise<IssuedApiKey> {
    const { organizationId } = caller;
    const key = await this.keys.load(organizationId, keyId, tx);
    if (key.revokedAt) throw new CodedError('api_key_revoked', `API key ${keyId} is revoked; create another.`);
    assertMayGrant(
      caller.identity,
      SCOPES.filter((scope) => key.scopes.includes(scope)),
    );
    const now = this.clock.now();
    const secret = newSecret();
    const validUntil = new Date(now.getTime() + overlapSeconds * 1000);
    const rotatedKey = {
      ...key,
      secretSha256: toDigest(secret),
      previous: { secretSha256: key.secretSha256, validUntil },
    };
    const payload = { keyId, label: key.label, previousValidUntil: validUntil.toISOString() };
    const savedKey = await this.keys.save(tx, organizationId, rotatedKey, [
      createAggregateEvent(ApiKeyRotated, payload, now),
    ]);
    await this.changes.record({ kind: 'key', organizationId, keyId }, tx);
    return { key: savedKey, apiKey: `${keyId}.${secret}` };
  }
}
