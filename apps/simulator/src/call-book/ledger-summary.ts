import type { CallRecord } from './call-record.js';
import { isFinal } from '../ledger/ledger.module.js';

/** Counts of calls, and the calls that violate the rule of at most one call per attempt. */
export interface LedgerSummary {
  /** Number of calls that the application requested. */
  readonly calls: number;
  /** Number of calls that made a phone ring. */
  readonly rings: number;
  readonly answered: number;
  readonly open: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly callsByNumber: Readonly<Record<string, number>>;
  /** Attempts for which more than one call was placed. Must be empty: an attempt is called at most once. */
  readonly attemptsCalledTwice: readonly { readonly attempt: string; readonly callSids: readonly string[] }[];
  /** Attempts for which a phone rang more than once. Must be empty. */
  readonly attemptsRungTwice: readonly { readonly attempt: string; readonly callSids: readonly string[] }[];
  /** Pairs of calls to the same number of which the second was dialed while the first was open. */
  readonly overlaps: readonly { readonly number: string; readonly callSids: readonly [string, string] }[];
}

/**
 * Identifies the attempt of a call by the query parameter `attemptId` or `attempt` of its webhooks, or else by all of
 * their query parameters.
 * @returns undefined for a leg that was dialed from within a call, and for a call without query parameters
 */
export function toAttemptKey(call: Pick<CallRecord, 'attempt' | 'direction'>): string | undefined {
  if (call.direction !== 'outbound-api') return undefined;
  const { attempt } = call;
  const attemptId = attempt['attemptId'] ?? attempt['attempt'];
  if (attemptId !== undefined) return attemptId;
  const names = Object.keys(attempt).sort();
  return names.length === 0 ? undefined : names.map((name) => `${name}=${attempt[name] ?? ''}`).join('&');
}

/** Counts the calls, and finds attempts that were called twice and calls that overlap. */
export function summarizeCalls(calls: Iterable<CallRecord>): LedgerSummary {
  const allCalls = [...calls];
  const byStatus: Record<string, number> = {};
  const byNumber = new Map<string, CallRecord[]>();
  for (const call of allCalls) {
    byStatus[call.status] = (byStatus[call.status] ?? 0) + 1;
    byNumber.set(call.to, [...(byNumber.get(call.to) ?? []), call]);
  }
  return {
    calls: allCalls.length,
    rings: allCalls.filter(({ rangAt }) => rangAt !== null).length,
    answered: allCalls.filter(({ answeredAt }) => answeredAt !== null).length,
    open: allCalls.filter(({ status }) => !isFinal(status)).length,
    byStatus,
    callsByNumber: Object.fromEntries([...byNumber].map(([number, callsToNumber]) => [number, callsToNumber.length])),
    attemptsCalledTwice: findRepeatedAttempts(allCalls),
    attemptsRungTwice: findRepeatedAttempts(allCalls.filter(({ rangAt }) => rangAt !== null)),
    overlaps: [...byNumber].flatMap(([number, callsToNumber]) => findOverlaps(number, callsToNumber)),
  };
}

function findRepeatedAttempts(calls: readonly CallRecord[]): LedgerSummary['attemptsCalledTwice'] {
  const byAttempt = new Map<string, string[]>();
  for (const call of calls) {
    const attempt = toAttemptKey(call);
    if (attempt !== undefined) byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), call.sid]);
  }
  return [...byAttempt].filter(([, sids]) => sids.length > 1).map(([attempt, callSids]) => ({ attempt, callSids }));
}

function findOverlaps(number: string, calls: readonly CallRecord[]): LedgerSummary['overlaps'] {
  const dialed = calls
    .filter((call) => call.startedAt !== null)
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  return dialed.slice(1).flatMap((call, index) => {
    const previousCall = dialed[index];
    const isOverlapping = previousCall !== undefined && (previousCall.endedAt ?? Infinity) > (call.startedAt ?? 0);
    return isOverlapping ? [{ number, callSids: [previousCall.sid, call.sid] as const }] : [];
  });
}
