import { Injectable } from '@nestjs/common';
import { ApiKeyRevoked } from '#libs/contracts/index.js';
import { createAggregateEvent, TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import type { Caller } from '../requests/requests.module.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** Revokes an API key. It stops working on every gateway immediately. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly changes: AccessChanges,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found` */
  async execute({ organizationId, options }: Caller, keyId: string): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        const key = await this.keys.load(organizationId, keyId, tx);
        if (key.revokedAt) return;
        const now = this.clock.now();
        const event = createAggregateEvent(ApiKeyRevoked, { keyId, label: key.label }, now);
        await this.keys.save(tx, organizationId, { ...key, revokedAt: now }, [event]);
        await this.changes.record({ kind: 'key', organizationId, keyId }, tx);
      },
      { actor: options.actor },
    );
  }
}
