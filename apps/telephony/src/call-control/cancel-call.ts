import { Injectable } from '@nestjs/common';
import { CodedError, type CallRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { type CallLog, CallLogRepository, cancel, judgeCancel, RecordCallChange } from '../call-log/call-log.module.js';

/**
 * Cancels an attempt before it is answered. An attempt that was not dialed is closed and is never dialed. Otherwise the
 * carrier is requested to end the call, now or as soon as its id is known. A repeated request changes nothing.
 */
@Injectable()
export class CancelCall {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch`, `call_answered`, `call_over` */
  async execute(
    organization: OrganizationId,
    { attemptId, expectedRevision }: CallRequest,
    tx: Transaction,
  ): Promise<CallLog> {
    const callLog = await this.callLogs.loadAt(organization, attemptId, expectedRevision, tx);
    switch (judgeCancel(callLog)) {
      case 'already':
        return callLog;
      case 'answered':
        throw new CodedError('call_answered', 'The customer is on the line; the call ends by itself within minutes.');
      case 'over':
        throw new CodedError('call_over', 'The attempt is already over; read it to see how it ended.');
      case 'cancel': {
        const now = this.clock.now();
        return this.recordChange.execute(tx, callLog, cancel(callLog, now), now);
      }
    }
  }
}
