import type { CallRecord } from './call-record.js';
import { isFinal } from '../ledger/ledger.module.js';

export interface LedgerSummary {
  /** Calls the carrier was asked to place. */
  readonly calls: number;
  /** Calls that made a phone ring. */
  readonly rings: number;
  readonly answered: number;
  readonly open: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly callsByNumber: Readonly<Record<string, number>>;
  /** Attempts for which more than one call was placed: "never twice" means that this is empty. */
  readonly attemptsCalledTwice: readonly { readonly attempt: string; readonly callSids: readonly string[] }[];
  /** The same for phones that really rang. */
  readonly attemptsRungTwice: readonly { readonly attempt: string; readonly callSids: readonly string[] }[];
  /** Pairs of calls to one number of which the second was dialled while the first was open. */
  readonly overlaps: readonly { readonly number: string; readonly callSids: readonly [string, string] }[];
}

/**
 * What identifies an attempt: the query parameter `attemptId` or `attempt` of the call's webhooks, else all of them.
 * Legs dialled out of a call belong to no attempt of their own. Undefined where there is no mark at all.
 */
export function attemptKey(call: Pick<CallRecord, 'attempt' | 'direction'>): string | undefined {
  if (call.direction !== 'outbound-api') return undefined;
  const { attempt } = call;
  const named = attempt['attemptId'] ?? attempt['attempt'];
  if (named !== undefined) return named;
  const names = Object.keys(attempt).sort();
  return names.length === 0 ? undefined : names.map((name) => `${name}=${attempt[name] ?? ''}`).join('&');
}

/** Counts the calls and looks for what must never happen. */
export function summarise(calls: Iterable<CallRecord>): LedgerSummary {
  const all = [...calls];
  const byStatus: Record<string, number> = {};
  const byNumber = new Map<string, CallRecord[]>();
  for (const call of all) {
    byStatus[call.status] = (byStatus[call.status] ?? 0) + 1;
    byNumber.set(call.to, [...(byNumber.get(call.to) ?? []), call]);
  }
  return {
    calls: all.length,
    rings: all.filter(({ rangAt }) => rangAt !== null).length,
    answered: all.filter(({ answeredAt }) => answeredAt !== null).length,
    open: all.filter(({ status }) => !isFinal(status)).length,
    byStatus,
    callsByNumber: Object.fromEntries([...byNumber].map(([number, some]) => [number, some.length])),
    attemptsCalledTwice: repeated(all),
    attemptsRungTwice: repeated(all.filter(({ rangAt }) => rangAt !== null)),
    overlaps: [...byNumber].flatMap(([number, some]) => overlapsOf(number, some)),
  };
}

function repeated(calls: readonly CallRecord[]): LedgerSummary['attemptsCalledTwice'] {
  const byAttempt = new Map<string, string[]>();
  for (const call of calls) {
    const attempt = attemptKey(call);
    if (attempt !== undefined) byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), call.sid]);
  }
  return [...byAttempt].filter(([, sids]) => sids.length > 1).map(([attempt, callSids]) => ({ attempt, callSids }));
}

function overlapsOf(number: string, calls: readonly CallRecord[]): LedgerSummary['overlaps'] {
  const dialled = calls
    .filter((call) => call.startedAt !== null)
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  return dialled.slice(1).flatMap((call, index) => {
    const before = dialled[index];
    const overlaps = before !== undefined && (before.endedAt ?? Infinity) > (call.startedAt ?? 0);
    return overlaps ? [{ number, callSids: [before.sid, call.sid] as const }] : [];
  });
}
