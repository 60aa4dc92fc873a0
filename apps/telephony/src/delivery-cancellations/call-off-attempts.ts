import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CallLogRepository, cancel, judgeCancel, RecordCallChange } from '../call-log/call-log.module.js';
import { CalledOffDeliveryRepository } from './called-off-delivery.repository.js';

/**
 * Nobody is rung about a delivery that nobody shall deliver: its attempts that were not answered are given up. A call that
 * was answered goes on to its end. Requests may come later than this, as nothing orders events: they find it written down.
 */
@Injectable()
export class CallOffAttempts {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly calledOff: CalledOffDeliveryRepository,
    private readonly recordChange: RecordCallChange,
    private readonly clock: Clock,
  ) {}

  /** @param sequence of the delivery's event that says so */
  async execute(organization: OrganizationId, deliveryId: string, sequence: number, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    await this.calledOff.callOff(organization, deliveryId, sequence, now, tx);
    for (const callLog of await this.callLogs.openOfDelivery(organization, deliveryId, tx)) {
      if (judgeCancel(callLog) === 'cancel') {
        await this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
      }
    }
  }
}
