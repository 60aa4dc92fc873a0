import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { cancel } from './call-log.js';
import { CallLogRepository } from './call-log.repository.js';
import { judgeCancel } from './judge-cancel.js';
import { RecordCallChange } from './record-call-change.js';

/**
 * Nobody is rung about a delivery that nobody shall deliver: its attempts that were not answered are given up. A call that
 * was answered goes on to its end.
 */
@Injectable()
export class CallOffAttempts {
  constructor(
    @Inject(CallLogRepository) private readonly callLogs: CallLogRepository,
    @Inject(RecordCallChange) private readonly recordChange: RecordCallChange,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, deliveryId: string, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    for (const callLog of await this.callLogs.openOfDelivery(organization, deliveryId, tx)) {
      if (judgeCancel(callLog) === 'cancel') {
        await this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
      }
    }
  }
}
