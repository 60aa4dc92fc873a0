import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { digestOf } from './secret-digest.js';

export interface IssuedApiKey {
  readonly keyId: string;
  /** Shown once; only its digest is kept. */
  readonly apiKey: string;
}

/** Makes a key of the form `<key id>.<secret>`, with a secret of 256 random bits. */
@Injectable()
export class IssueApiKey {
  constructor(
    @Inject(ApiKeyRepository) private readonly keys: ApiKeyRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    key: { label: string; role: 'admin' | 'partner' },
    tx?: Transaction,
  ): Promise<IssuedApiKey> {
    const keyId = newId('dak');
    const secret = randomBytes(32).toString('base64url');
    await this.keys.insert(
      organizationId,
      { ...key, _id: keyId, secretSha256: digestOf(secret), createdAt: this.clock.now() },
      tx,
    );
    return { keyId, apiKey: `${keyId}.${secret}` };
  }
}
