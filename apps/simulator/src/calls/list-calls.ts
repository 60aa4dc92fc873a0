import { parseDateFilter, type ListQuery, getQueryValue, TwilioApiError } from '../twilio/twilio.module.js';
import type { CallBook, CallRecord } from '../call-book/call-book.module.js';

/**
 * Lists the calls that match a query, newest first.
 * @param visibleUntil calls created after this instant (epoch ms) are not listed yet, because Twilio's listing lags
 * @throws TwilioApiError 20001 if a date filter is not a date
 */
export function listCalls(book: CallBook, query: ListQuery, visibleUntil: number): CallRecord[] {
  const to = getQueryValue(query, 'To');
  const from = getQueryValue(query, 'From');
  const status = getQueryValue(query, 'Status');
  const parentCallSid = getQueryValue(query, 'ParentCallSid');
  const ranges = (['StartTime', 'EndTime'] as const).flatMap((field) =>
    (['=', '<', '>'] as const).flatMap((comparison) => {
      const name = comparison === '=' ? field : field + comparison;
      const value = getQueryValue(query, name);
      if (value === undefined) return [];
      const range = parseDateFilter(value, comparison);
      if (range === undefined) throw new TwilioApiError(20001, `${name} must be a date such as 2026-11-23T13:00:00Z.`);
      return [{ field, range }];
    }),
  );
  const candidates = to === undefined ? [...book.all()] : book.listByNumber(to);
  return candidates
    .filter(
      (call) =>
        call.createdAt <= visibleUntil &&
        (from === undefined || call.from === from) &&
        (status === undefined || call.status === status) &&
        (parentCallSid === undefined || call.parentCallSid === parentCallSid) &&
        ranges.every(({ field, range }) => {
          // A queued call has no start time. Its creation time is used instead, so that a filter still finds it.
          const at = field === 'StartTime' ? (call.startedAt ?? call.createdAt) : call.endedAt;
          return at !== null && at >= range.fromMs && at < range.toMs;
        }),
    )
    .reverse();
}
