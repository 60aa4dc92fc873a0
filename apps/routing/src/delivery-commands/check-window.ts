import { CodedError, type TimeWindow } from '#libs/contracts/index.js';

/** @throws CodedError `window_invalid` with all issues: the window is empty, in the past or ends before `decideBy` */
export function checkWindow(plan: { window: TimeWindow; decideBy?: string | undefined }, now: Date): void {
  const [start, end] = [new Date(plan.window.start), new Date(plan.window.end)];
  const issues = [
    ...(end > start ? [] : [{ path: 'window.end', message: 'window.end must be after window.start' }]),
    ...(end > now ? [] : [{ path: 'window.end', message: 'window.end must be in the future' }]),
    ...(plan.decideBy === undefined || new Date(plan.decideBy) <= end
      ? []
      : [{ path: 'decideBy', message: 'decideBy must not be after window.end' }]),
  ];
  if (issues.length > 0)
    throw new CodedError('window_invalid', issues.map((issue) => issue.message).join('; '), { issues });
}
