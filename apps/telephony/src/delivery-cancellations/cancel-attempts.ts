import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CallLogRepository, cancel, judgeCancel, RecordCallChange } from '../call-log/call-log.module.js';
import { CanceledDeliveryRepository } from './canceled-delivery.repository.js';

/**
 * Cancels the unanswered attempts of a canceled delivery. An answered call continues. Events are not ordered, so the
 * cancellation is recorded, and a call request that arrives after it is canceled as well.
 */
@Injectable()
export class CancelAttempts {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly canceledDeliveries: CanceledDeliveryRepository,
    private readonly recordChange: RecordCallChange,
    private readonly clock: Clock,
  ) {}

  /** @param sequence sequence number of the delivery's event that cancels it */
  async execute(organization: OrganizationId, deliveryId: string, sequence: number, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    await this.canceledDeliveries.markCanceled(organization, deliveryId, sequence, now, tx);
    for (const callLog of await this.callLogs.findOpenByDelivery(organization, deliveryId, tx)) {
      if (judgeCancel(callLog) === 'cancel') {
        await this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
      }
    }
  }
}
