import { Injectable } from '@nestjs/common';
import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import {
  newCallLog,
  CallLogRepository,
  CallWorkSchedule,
  cancel,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { CanceledDeliveryRepository } from '../delivery-cancellations/delivery-cancellations.module.js';

/**
 * Stores the attempt and schedules it to be dialed at once, or cancels it if its delivery was canceled in the meantime.
 * A repeated request changes nothing.
 */
@Injectable()
export class AcceptCallRequest {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly canceledDeliveries: CanceledDeliveryRepository,
    private readonly recordChange: RecordCallChange,
    private readonly work: CallWorkSchedule,
    private readonly clock: Clock,
  ) {}

  /** @param sequence sequence number of the delivery's event that requests the call */
  async execute(
    organization: OrganizationId,
    request: CallRequestedPayload,
    sequence: number,
    tx: Transaction,
  ): Promise<void> {
    if (await this.callLogs.findById(organization, request.attemptId, tx)) return;
    const now = this.clock.now();
    const callLog = await this.callLogs.create(tx, organization, newCallLog(request, now));
    const { deliveryId } = request;
    const isCanceled = await this.canceledDeliveries.recordRequest(organization, deliveryId, sequence, now, tx);
    if (isCanceled) {
      await this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
    } else {
      await this.work.dial(tx, callLog, now);
    }
  }
}
