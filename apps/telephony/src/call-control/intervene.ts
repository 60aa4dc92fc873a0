import { Injectable } from '@nestjs/common';
import { CallIntervened, CodedError, type CallRequest } from '#libs/contracts/index.js';
import type { CallIntervention } from '#libs/domain/call-lifecycle/call.values.js';
import { applyCallEvent } from '#libs/domain/call-lifecycle/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { type CallLog, CallLogRepository, CallWorkSchedule, isInConversation } from '../call-log/call-log.module.js';

/**
 * Records a dispatcher's intervention in a conversation and schedules the work that applies it at the carrier, so that
 * the intervention survives a crash. A repeated request changes nothing. The conversation continues until the carrier
 * has applied the intervention.
 */
@Injectable()
export class Intervene {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWorkSchedule,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch`, `call_not_answered`, `call_over`, `no_dispatcher_phone` */
  async execute(
    organization: OrganizationId,
    { attemptId, expectedRevision }: CallRequest,
    action: CallIntervention,
    tx: Transaction,
  ): Promise<CallLog> {
    const callLog = await this.callLogs.loadAt(organization, attemptId, expectedRevision, tx);
    if (callLog.intervention?.action === action) return callLog;
    this.assertCanIntervene(callLog, action);
    const now = this.clock.now();
    const { deliveryId } = callLog;
    const event = createAggregateEvent(CallIntervened, { attemptId, deliveryId, action }, now);
    // From now on the dispatcher may end the call, so its end is not treated as a hang-up by the customer.
    const { call } = applyCallEvent(callLog.call, { kind: 'interrupted' });
    const updatedCallLog = { ...callLog, call, intervention: { action, at: now } };
    const savedCallLog = await this.callLogs.save(tx, organization, updatedCallLog, [event]);
    await this.work.intervene(tx, savedCallLog, now);
    return savedCallLog;
  }

  private assertCanIntervene(callLog: CallLog, action: CallIntervention): void {
    const { closedAt, call, request } = callLog;
    if (closedAt || call.facts.carrierEnd !== null) {
      throw new CodedError('call_over', 'The call is already over; read it to see how it ended.');
    }
    if (!isInConversation(callLog)) {
      throw new CodedError(
        'call_not_answered',
        'The call is not answered yet; cancel it, or try again once it is answered.',
      );
    }
    if (action === 'take_over' && request.transferNumber === undefined) {
      const message = 'The organization has no dispatcherPhone to connect the customer to; set one.';
      throw new CodedError('no_dispatcher_phone', message);
    }
  }
}
