import fc from 'fast-check';
import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';
import { contains, type Interval } from '#libs/domain/time/index.js';
import { planCall, retryPolicy, type CallPlanQuery, type RetryDelays } from './index.js';

const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 2, 2, hour, minute));
const span = (from: number, to: number): Interval => ({ start: at(from), end: at(to) });
const query: CallPlanQuery = { now: at(9, 20), deadline: at(18), lawful: [span(8, 21)], attempt: 1, zone: 'UTC' };
const scores = (best: Record<number, number>): number[] => Array.from({ length: 24 }, (_, hour) => best[hour] ?? 0.1);

describe('planCall', () => {
  it('calls at once where nothing speaks for another hour', () => {
    expect(planCall(query)).toMatchObject({ at: at(9, 20) });
    expect(planCall({ ...query, hourScores: scores({}) })).toMatchObject({ at: at(9, 20) });
  });

  it('waits for the hour with the best chance, and says so', () => {
    const plan = planCall({ ...query, hourScores: scores({ 12: 0.4, 17: 0.6, 20: 0.9 }) });
    expect(plan).toMatchObject({ at: at(17) });
    expect(plan.reason).toMatch(/First call: 17:00–18:00 .*60 %/);
  });

  it('keeps to the customer’s wish where the law leaves any of it', () => {
    const hourScores = scores({ 17: 0.9 });
    expect(planCall({ ...query, statedWindows: [span(14, 16)], hourScores })).toMatchObject({ at: at(14) });
    expect(planCall({ ...query, statedWindows: [span(22, 23)], hourScores })).toMatchObject({ at: at(17) });
  });

  it('reads hours on the customer’s clock', () => {
    const plan = planCall({ ...query, zone: 'Asia/Kolkata', hourScores: scores({ 17: 0.9 }) });
    expect(plan).toMatchObject({ at: at(11, 30) });
  });

  it('says why it is impossible', () => {
    expect(planCall({ ...query, deadline: at(9) })).toEqual({ impossible: true, reason: 'deadline_passed' });
    expect(planCall({ ...query, lawful: [span(19, 21)] })).toEqual({
      impossible: true,
      reason: 'no_lawful_time_before_deadline',
    });
  });

  it('never plans outside law and deadline, nor less likely than now', () => {
    const hours = fc.integer({ min: 0, max: 23 });
    const windows = fc.array(
      fc.tuple(hours, hours).map(([a, b]) => span(a, b)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        windows,
        fc.option(windows, { nil: undefined }),
        hours,
        hours,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }),
        (lawful, statedWindows, now, deadline, hourScores) => {
          const plan = planCall({ ...query, now: at(now), deadline: at(deadline), lawful, statedWindows, hourScores });
          if (plan.impossible) return;
          expect(lawful.some((window) => contains(window, plan.at))).toBe(true);
          expect(contains({ start: at(now), end: at(deadline) }, plan.at)).toBe(true);
          const wished = statedWindows?.some((window) => contains(window, at(now)));
          if ((statedWindows === undefined || wished) && lawful.some((window) => contains(window, at(now)))) {
            expect(hourScores[plan.at.getUTCHours()]).toBeGreaterThanOrEqual(hourScores[now] ?? 1);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('retryPolicy', () => {
  const delays: RetryDelays = { busyMs: 1000, noAnswerMs: 2000, droppedMs: 3000, notPlacedMs: 4000 };
  const decide = (outcome: CallOutcome, attempt = 1) =>
    retryPolicy(outcome, attempt, at(9), { maxAttempts: 3 }, delays);

  it.each<[CallOutcome, number]>([
    ['busy', 1000],
    ['no_answer', 2000],
    ['dropped', 3000],
    ['not_placed', 4000],
  ])('tries again after %s', (outcome, ms) => {
    expect(decide(outcome)).toEqual({ retry: true, notBefore: new Date(at(9).getTime() + ms), reason: outcome });
    expect(decide(outcome, 3)).toEqual({ retry: false, reason: 'attempts_exhausted' });
  });

  it.each<[CallOutcome, string]>([
    ['answered', 'reached'],
    ['voicemail', 'voicemail'],
    ['failed', 'number_failed'],
    ['canceled', 'canceled'],
  ])('never calls again after %s', (outcome, reason) => {
    expect(decide(outcome)).toEqual({ retry: false, reason });
  });
});
