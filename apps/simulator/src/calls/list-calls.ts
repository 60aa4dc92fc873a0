import { dateFilter, type ListQuery, single, TwilioApiError } from '../twilio/twilio.module.js';
import type { CallBook, CallRecord } from '../call-book/call-book.module.js';

/**
 * The calls a listing shows, newest first.
 * @param visibleUntil creation instant (epoch ms) after which calls are not listed yet: Twilio's listing lags
 * @throws TwilioApiError 20001 for a filter that is no date
 */
export function listCalls(book: CallBook, query: ListQuery, visibleUntil: number): CallRecord[] {
  const to = single(query, 'To');
  const from = single(query, 'From');
  const status = single(query, 'Status');
  const parent = single(query, 'ParentCallSid');
  const ranges = (['StartTime', 'EndTime'] as const).flatMap((field) =>
    (['=', '<', '>'] as const).flatMap((comparison) => {
      const name = comparison === '=' ? field : field + comparison;
      const value = single(query, name);
      if (value === undefined) return [];
      const range = dateFilter(value, comparison);
      if (range === undefined) throw new TwilioApiError(20001, `${name} must be a date such as 2026-11-23T13:00:00Z.`);
      return [{ field, range }];
    }),
  );
  const candidates = to === undefined ? [...book.all()] : book.to(to);
  return candidates
    .filter(
      (call) =>
        call.createdAt <= visibleUntil &&
        (from === undefined || call.from === from) &&
        (status === undefined || call.status === status) &&
        (parent === undefined || call.parentCallSid === parent) &&
        ranges.every(({ field, range }) => {
          // A call still queued has no start: its creation stands in, so that it is not missed by who looks for it.
          const at = field === 'StartTime' ? (call.startedAt ?? call.createdAt) : call.endedAt;
          return at !== null && at >= range.fromMs && at < range.toMs;
        }),
    )
    .reverse();
}
