import { CodedError, RPC_ERROR_CODES, type CoveredSpan, type SpanRequest } from '#libs/contracts/index.js';

/** The half-open span `[from, to)` of event time that figures cover. */
export interface ResolvedSpan {
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/**
 * Resolves the defaults of the requested span. Without `from`, it begins 30 days before its end. Without `to`, it ends
 * now, or at `from` if that is later.
 * @param maxDays maximum length in days, which limits the work of one query
 * @throws CodedError `invalid_request` if the span ends before it begins; `span_too_long` if it exceeds `maxDays`
 */
export function resolveSpan({ from, to }: SpanRequest, now: Date, maxDays: number): ResolvedSpan {
  const end = to !== undefined ? new Date(to) : from === undefined ? now : later(now, new Date(from));
  const start = from === undefined ? new Date(end.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(from);
  if (end < start) {
    const message = '`to` must not be before `from`.';
    throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'to', message }] });
  }
  if (end.getTime() - start.getTime() > maxDays * DAY_MS) {
    throw new CodedError('span_too_long', `The span must not exceed ${maxDays} days; request a shorter one.`);
  }
  return { from: start, to: end };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/** Converts the span to its representation in replies. */
export const toCoveredSpan = ({ from, to }: ResolvedSpan): CoveredSpan => ({
  from: from.toISOString(),
  to: to.toISOString(),
});
