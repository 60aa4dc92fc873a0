import { Injectable } from '@nestjs/common';
import { ApiKeyCreated } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/gateway/api-keys.js';
import { Clock } from '#libs/clock/clock.js';
import type { Permission } from '../principals/principals.module.js';
import { toDigest, newSecret } from '../credentials/credentials.module.js';
import { ApiKeyRepository } from './api-key.repository.js';

export interface NewApiKey {
  readonly label: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt?: Date | undefined;
}

export interface IssuedApiKey {
  readonly key: ApiKeyDocument;
  /** Shown once; only its digest is stored. */
  readonly apiKey: string;
}

/** Creates an API key of the form `<key id>.<secret>`, with a secret of 256 random bits. */
@Injectable()
export class IssueApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { label, scopes, expiresAt }: NewApiKey,
    tx: Transaction,
  ): Promise<IssuedApiKey> {
    const now = this.clock.now();
    const secret = newSecret();
    const fields = {
      _id: createId('dak'),
      label,
      scopes: [...new Set<string>(scopes)],
      secretSha256: toDigest(secret),
      createdAt: now,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    const payload = {
      keyId: fields._id,
      label,
      scopes: fields.scopes,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    };
    const key = await this.keys.create(tx, organizationId, fields, [createAggregateEvent(ApiKeyCreated, payload, now)]);
    return { key, apiKey: `${key._id}.${secret}` };
  }
}
