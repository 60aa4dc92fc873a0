import { Injectable } from '@nestjs/common';
import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { acceptedCall, CallLogRepository, CallWork, cancel, RecordCallChange } from '../call-log/call-log.module.js';
import { CalledOffDeliveryRepository } from '../delivery-cancellations/delivery-cancellations.module.js';

/**
 * Writes an attempt down and the dialling as due now; or as canceled, if its delivery was called off meanwhile. A request
 * that comes again changes nothing.
 */
@Injectable()
export class AcceptCallRequest {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly calledOff: CalledOffDeliveryRepository,
    private readonly recordChange: RecordCallChange,
    private readonly work: CallWork,
    private readonly clock: Clock,
  ) {}

  /** @param sequence of the delivery's event that requests it */
  async execute(
    organization: OrganizationId,
    request: CallRequestedPayload,
    sequence: number,
    tx: Transaction,
  ): Promise<void> {
    if (await this.callLogs.findById(organization, request.attemptId, tx)) return;
    const now = this.clock.now();
    const callLog = await this.callLogs.create(tx, organization, acceptedCall(request, now));
    if (await this.calledOff.isCalledOff(organization, request.deliveryId, sequence, now, tx)) {
      await this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
    } else {
      await this.work.dial(tx, callLog, now);
    }
  }
}
