import { CodedError, RPC_ERROR_CODES, type FieldIssue, type TimeWindow } from '#libs/contracts/index.js';

/**
 * Returns the windows sorted by start.
 * @param field name of the request field that contains the windows, for error messages
 * @throws CodedError `invalid_request` if a window does not end after its start, or if two windows overlap
 */
export function sortAndCheckWindows(field: string, windows: readonly TimeWindow[]): TimeWindow[] {
  const ordered = [...windows].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const issues: FieldIssue[] = ordered.flatMap(({ start, end }, index) => {
    if (Date.parse(end) <= Date.parse(start))
      return [{ path: field, message: `${field}: each window must end after its start` }];
    const next = ordered[index + 1];
    return next && Date.parse(next.start) < Date.parse(end)
      ? [{ path: field, message: `${field}: windows must not overlap` }]
      : [];
  });
  if (issues.length === 0) return ordered;
  const message = issues.map((issue) => issue.message).join('; ');
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues });
}
