import { Injectable } from '@nestjs/common';
import type { ErasureApp, ErasureReport } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerErasureRepository } from './customer-erasure.repository.js';

/** Records that another app has erased its part of a customer's data. The last report completes the erasure. */
@Injectable()
export class RecordErasureReport {
  constructor(
    private readonly erasures: CustomerErasureRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    app: ErasureApp,
    { erasureId }: ErasureReport,
    tx: Transaction,
  ): Promise<void> {
    const erasure = await this.erasures.load(organizationId, erasureId, tx);
    if (erasure.parts.some((part) => part.app === app && part.doneAt)) return;
    const now = this.clock.now();
    const parts = erasure.parts.map((part) => (part.app === app ? { app, doneAt: now } : part));
    const isComplete = parts.every(({ doneAt }) => doneAt !== undefined);
    await this.erasures.save(tx, organizationId, { ...erasure, parts, ...(isComplete ? { completedAt: now } : {}) });
  }
}
