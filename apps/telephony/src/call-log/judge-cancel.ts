import type { CallLog } from './call-log.js';

/**
 * The decision on a cancel request. `cancel`: the attempt is to be canceled. `already`: it was canceled before.
 * `answered`: the customer is speaking and is not interrupted; the call has its own time limit. `over`: the attempt
 * ended in another way.
 */
export type CancelJudgment = 'cancel' | 'already' | 'answered' | 'over';

export function judgeCancel(callLog: CallLog): CancelJudgment {
  const { call, closedAt, cancelRequestedAt } = callLog;
  if (closedAt) return call.outcome === 'canceled' ? 'already' : 'over';
  if (call.facts.progress === 'in_progress') return call.facts.carrierEnd === null ? 'answered' : 'over';
  return cancelRequestedAt ? 'already' : 'cancel';
}

/**
 * Whether a cancel was requested for a call that the carrier created and that, according to the reports so far, was not
 * answered.
 */
export function canCancelAtCarrier({ call, cancelRequestedAt, closedAt, carrierCallId }: CallLog): boolean {
  return (
    cancelRequestedAt !== undefined &&
    carrierCallId !== undefined &&
    closedAt === undefined &&
    call.facts.progress !== 'in_progress'
  );
}
