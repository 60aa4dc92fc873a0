import type { CallLog } from './call-log.js';

/**
 * What a cancel request means for an attempt. `already`: it was canceled before. `answered`: a customer who is speaking
 * is not cut off; the call has its own time limit. `over`: the attempt ended in another way.
 */
export type CancelJudgment = 'cancel' | 'already' | 'answered' | 'over';

export function judgeCancel(callLog: CallLog): CancelJudgment {
  const { call, closedAt, cancelRequestedAt } = callLog;
  if (closedAt) return call.outcome === 'canceled' ? 'already' : 'over';
  if (call.facts.progress === 'in_progress') return call.facts.carrierEnd === null ? 'answered' : 'over';
  return cancelRequestedAt ? 'already' : 'cancel';
}

/**
 * Whether a cancel was requested for a call that the carrier created and that, as far as is known, was not answered.
 */
export function canCancelAtCarrier({ call, cancelRequestedAt, closedAt, carrierCallId }: CallLog): boolean {
  return (
    cancelRequestedAt !== undefined &&
    carrierCallId !== undefined &&
    closedAt === undefined &&
    call.facts.progress !== 'in_progress'
  );
}
