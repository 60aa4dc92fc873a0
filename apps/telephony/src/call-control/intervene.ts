import { Injectable } from '@nestjs/common';
import { CallIntervened, CodedError, type CallRequest } from '#libs/contracts/index.js';
import type { CallIntervention } from '#libs/domain/call-lifecycle/call.values.js';
import { applyCallEvent } from '#libs/domain/call-lifecycle/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { type CallLog, CallLogRepository, CallWork, isInConversation } from '../call-log/call-log.module.js';

/**
 * A dispatcher steps into a conversation. It is written down first and done from there, so that it survives a crash; asked
 * for again it changes nothing. Until the carrier has done it the conversation goes on.
 */
@Injectable()
export class Intervene {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWork,
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
    this.check(callLog, action);
    const now = this.clock.now();
    const { deliveryId } = callLog;
    const told = aggregateEvent(CallIntervened, { attemptId, deliveryId, action }, now);
    // What ends from here on may be the dispatcher's doing: it is not taken for the customer's hanging up.
    const { call } = applyCallEvent(callLog.call, { kind: 'interrupted' });
    const marked = { ...callLog, call, intervention: { action, at: now } };
    const stored = await this.callLogs.save(tx, organization, marked, [told]);
    await this.work.intervene(tx, stored, now);
    return stored;
  }

  private check(callLog: CallLog, action: CallIntervention): void {
    const { closedAt, call, request } = callLog;
    if (closedAt || call.facts.carrierEnd !== null) {
      throw new CodedError('call_over', 'The call is over already; read it to see how it ended.');
    }
    if (!isInConversation(callLog)) {
      throw new CodedError(
        'call_not_answered',
        'Nobody has picked up yet; cancel the call, or try again when somebody has.',
      );
    }
    if (action === 'take_over' && request.transferNumber === undefined) {
      const message = 'The organisation has no dispatcherPhone to connect the customer with; set one.';
      throw new CodedError('no_dispatcher_phone', message);
    }
  }
}
