import type { CallLog } from './call-log.js';

/**
 * What a wish to give an attempt up comes to. `already` holds too after it was canceled: the wish is fulfilled. An answered
 * call is not ended: a customer in the middle of a sentence is not cut off, and the call bounds itself.
 */
export type CancelJudgement = 'cancel' | 'already' | 'answered' | 'over';

export function judgeCancel(callLog: CallLog): CancelJudgement {
  const { call, closedAt, cancelRequestedAt } = callLog;
  if (closedAt) return call.outcome === 'canceled' ? 'already' : 'over';
  if (call.facts.progress === 'in_progress') return call.facts.carrierEnd === null ? 'answered' : 'over';
  return cancelRequestedAt ? 'already' : 'cancel';
}

/** There is a call at the carrier that somebody wants ended and nobody has answered, as far as is known. */
export function mayBeCanceled({ call, cancelRequestedAt, closedAt, carrierCallId }: CallLog): boolean {
  return (
    cancelRequestedAt !== undefined &&
    carrierCallId !== undefined &&
    closedAt === undefined &&
    call.facts.progress !== 'in_progress'
  );
}
