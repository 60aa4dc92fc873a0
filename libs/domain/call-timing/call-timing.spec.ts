import fc from 'fast-check';
import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';
import {
  DEFAULT_CALLING_RULES,
  findLawfulWindows,
  mayDial,
  withOrganizationHours,
} from '#libs/domain/calling-rules/index.js';
import { contains, timeOfDay, type Interval } from '#libs/domain/time/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  afterEarlyHangUp,
  planCall,
  planSampledCall,
  retryPolicy,
  type AttemptBudget,
  type CallPlanQuery,
  type EarlyHangUpChoice,
  type HourChances,
  type RetryDelays,
} from './index.js';

/** 2026-03-02 is a Monday. */
const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 2, 2, hour, minute));
const span = (from: number, to: number): Interval => ({ start: at(from), end: at(to) });
const query: CallPlanQuery = { now: at(9, 20), deadline: at(18), lawful: [span(8, 21)], attempt: 1, zone: 'UTC' };
const chances =
  (best: Record<number, number>): HourChances =>
  (_day, hour) =>
    best[hour] ?? 0.1;

describe('planCall', () => {
  it('calls at once when no other hour is better', () => {
    expect(planCall(query)).toMatchObject({ at: at(9, 20) });
    expect(planCall({ ...query, chances: chances({}) })).toMatchObject({ at: at(9, 20) });
  });

  it('waits for the hour with the best chance, and gives the reason', () => {
    const plan = planCall({ ...query, chances: chances({ 12: 0.4, 17: 0.6, 20: 0.9 }) });
    expect(plan).toMatchObject({ at: at(17), chance: 0.6 });
    expect(plan.reason).toMatch(/First call: 17:00–18:00 .*60 %/);
  });

  it('uses an earlier good hour when enough calls are left for the best one', () => {
    const budget: AttemptBudget = { callsLeft: 2, perDay: 2, callsLeftToday: 2, waitMs: 3 * 3_600_000 };
    const twoGoodHours = { ...query, chances: chances({ 12: 0.4, 17: 0.6 }) };
    expect(planCall({ ...twoGoodHours, budget })).toMatchObject({ at: at(12) });
    expect(planCall({ ...twoGoodHours, budget }).reason).toMatch(
      /40 % reached by this call, 76 % with those that may follow/,
    );
    // With a wait of nine hours after 12:00, the best hour would be over.
    expect(planCall({ ...twoGoodHours, budget: { ...budget, waitMs: 9 * 3_600_000 } })).toMatchObject({ at: at(17) });
    expect(planCall({ ...twoGoodHours, budget: { ...budget, callsLeftToday: 1 } })).toMatchObject({ at: at(17) });
  });

  it('counts the calls of each day separately', () => {
    const twoDays = { ...query, deadline: at(24 + 18), lawful: [span(8, 21), span(24 + 8, 24 + 21)] };
    const budget: AttemptBudget = { callsLeft: 2, perDay: 1, callsLeftToday: 1, waitMs: 3_600_000 };
    const plan = planCall({ ...twoDays, chances: chances({ 12: 0.4, 17: 0.6 }), budget });
    expect(plan).toMatchObject({ at: at(17) });
    expect(
      planCall({ ...twoDays, chances: chances({ 17: 0.6 }), budget: { ...budget, callsLeftToday: 0 } }),
    ).toMatchObject({
      at: at(24 + 17),
    });
  });

  it('prefers the customer’s stated windows if any of that time is lawful', () => {
    const bestAtFive = chances({ 17: 0.9 });
    expect(planCall({ ...query, statedWindows: [span(14, 16)], chances: bestAtFive })).toMatchObject({ at: at(14) });
    expect(planCall({ ...query, statedWindows: [span(22, 23)], chances: bestAtFive })).toMatchObject({ at: at(17) });
  });

  it('uses the hours of the customer’s time zone', () => {
    const plan = planCall({ ...query, zone: 'Asia/Kolkata', chances: chances({ 17: 0.9 }) });
    expect(plan).toMatchObject({ at: at(11, 30) });
  });

  it('distinguishes weekends from weekdays', () => {
    const sunday = { ...query, now: at(-15), lawful: [span(-16, -3), span(8, 21)] };
    const plan = planCall({ ...sunday, chances: (day, hour) => (day === 'weekend' && hour === 12 ? 0.8 : 0.2) });
    expect(plan).toMatchObject({ at: at(-12) });
  });

  it('calls no more than two days before the deadline, unless the customer stated an earlier window', () => {
    const week = {
      ...query,
      deadline: at(7 * 24),
      lawful: [0, 1, 2, 3, 4, 5, 6].map((day) => span(day * 24 + 8, day * 24 + 21)),
    };
    expect(planCall(week)).toMatchObject({ at: at(5 * 24 + 8) });
    expect(planCall({ ...week, statedWindows: [span(24 + 10, 24 + 11)] })).toMatchObject({ at: at(24 + 10) });
  });

  it('spreads calls over an hour that has not begun, and stops ringing before the lawful hours end', () => {
    const ringMs = 90_000;
    const queryBeforeOpening = { ...query, now: at(6), ringMs, lawful: [span(8, 9)] };
    expect(planCall({ ...queryBeforeOpening, spread: 0.5 })).toMatchObject({
      at: new Date(at(8).getTime() + (3_600_000 - ringMs) / 2),
    });
    expect(planCall({ ...queryBeforeOpening, now: at(8, 59), spread: 0.5 })).toMatchObject({ impossible: true });
  });

  it('gives the reason when no call is possible', () => {
    expect(planCall({ ...query, deadline: at(9) })).toEqual({ impossible: true, reason: 'deadline_passed' });
    expect(planCall({ ...query, lawful: [span(19, 21)] })).toEqual({
      impossible: true,
      reason: 'no_lawful_time_before_deadline',
    });
  });

  it('estimates the propensity of a sampled choice', () => {
    let draws = 0;
    const draw = (): HourChances => chances({ [(draws += 1) % 4 === 0 ? 12 : 17]: 0.9 });
    expect(planSampledCall(query, draw)).toMatchObject({ plan: { at: at(17) }, propensity: 0.75 });
    expect(planSampledCall({ ...query, deadline: at(9) }, draw)).toMatchObject({ plan: { impossible: true } });
  });
});

const HOUR_MS = 3_600_000;
const windowsOfTheWeek = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 160 }), fc.integer({ min: 1, max: 12 }))
    .map(([from, hours]) => span(from, from + hours)),
  { maxLength: 4 },
);

it('a planned call is always lawful, before the deadline, and within the customer’s stated windows if time is left there', () => {
  const zones = fc.uniqueArray(
    fc.constantFrom('America/Chicago', 'America/New_York', 'America/Phoenix', 'Europe/London', 'Asia/Kolkata', 'UTC'),
    { minLength: 1, maxLength: 3 },
  );
  const minutes = fc.integer({ min: 0, max: 8 * 24 * 60 });
  fc.assert(
    fc.property(
      fc.record({
        zones,
        // Around a change to daylight saving time in the United States.
        start: minutes.map((minute) => new Date(Date.UTC(2026, 2, 5, 0, minute))),
        ahead: fc.integer({ min: 1, max: 6 * 24 * 60 }),
        open: fc.integer({ min: 0, max: 12 }),
        close: fc.integer({ min: 13, max: 24 }),
        daysOff: fc.subarray(['sunday', 'monday', '2026-03-10', '03-12']),
        statedWindows: fc.option(windowsOfTheWeek, { nil: undefined }),
        table: fc.option(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 48, maxLength: 48 }), {
          nil: undefined,
        }),
        left: fc.integer({ min: 1, max: 4 }),
        leftToday: fc.integer({ min: 0, max: 3 }),
        spread: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        ringSeconds: fc.integer({ min: 5, max: 120 }),
        queueMarginSeconds: fc.integer({ min: 0, max: 120 }),
      }),
      ({ zones, start, ahead, open, close, daysOff, statedWindows, table, ...limits }) => {
        const deadline = new Date(start.getTime() + ahead * 60_000);
        const rules = withOrganizationHours(
          DEFAULT_CALLING_RULES,
          { open: timeOfDay(open), close: timeOfDay(close) },
          daysOff,
        );
        const ringMs = (limits.ringSeconds + limits.queueMarginSeconds) * 1000;
        const lawful = findLawfulWindows({ zones, rules, from: start, to: new Date(deadline.getTime() + ringMs) });
        const { left, leftToday, spread } = limits;
        const plan = planCall({
          now: start,
          deadline,
          lawful,
          ringMs,
          statedWindows,
          attempt: 1,
          spread,
          ...(table ? { chances: (day, hour) => table[(day === 'weekend' ? 24 : 0) + hour] ?? 0 } : {}),
          budget: { callsLeft: left, perDay: 3, callsLeftToday: leftToday, waitMs: 3 * HOUR_MS },
          zone: zones[0] ?? 'UTC',
        });
        if (plan.impossible) return;
        expect(contains({ start, end: deadline }, plan.at)).toBe(true);
        const status = { doNotCall: false, legalBasis: 'consent' as const, attemptsForDelivery: 0, attemptsToday: 0 };
        const { ringSeconds, queueMarginSeconds } = limits;
        expect(mayDial({ now: plan.at, zones, rules, status, ringSeconds, queueMarginSeconds })).toMatchObject({
          allowed: true,
        });
        const isStated = (instant: Date): boolean =>
          statedWindows?.some((window) => contains(window, instant)) ?? false;
        if (isStated(start) && mayDial({ now: start, zones, rules, status, ringSeconds, queueMarginSeconds }).allowed)
          expect(isStated(plan.at)).toBe(true);
      },
    ),
    { numRuns: propertyRuns(3000) },
  );
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
  ])('calls again after %s', (outcome, ms) => {
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

  it('always permits a retry after an early hang-up, because the organization’s choice is applied separately', () => {
    expect(decide('hung_up_early', 9)).toEqual({ retry: true, notBefore: at(9), reason: 'hung_up_early' });
  });
});

describe('afterEarlyHangUp', () => {
  const query = {
    hangUps: { count: 1, lastAt: at(9), rungSince: 0 },
    nextCallingDay: at(24),
    minWaitMs: 4 * HOUR_MS,
    sendsTexts: true,
  };

  it('calls again once, on another day or some hours later', () => {
    expect(afterEarlyHangUp({ ...query, choice: 'another_day' })).toEqual({
      callAgain: true,
      notBefore: at(24),
      why: 'the customer hung up during the first words, and your organization calls again once, on another day',
    });
    expect(afterEarlyHangUp({ ...query, choice: 'later_once' })).toEqual({
      callAgain: true,
      notBefore: at(13),
      why: 'the customer hung up during the first words, and your organization calls again once, after 4 hours at the earliest',
    });
  });

  it.each<[EarlyHangUpChoice, boolean, RegExp]>([
    ['text', true, /asks by text instead of calling again/],
    ['text', false, /does not call again, and sends no texts/],
    ['no_more_calls', true, /does not call again/],
  ])('does not call again when the organization chose %s (texts: %s)', (choice, sendsTexts, why) => {
    expect(afterEarlyHangUp({ ...query, choice, sendsTexts })).toEqual({
      callAgain: false,
      why: expect.stringMatching(why) as string,
    });
  });

  it('never calls a second time after a hang-up, for any choice and any outcome of the first call', () => {
    const choices = fc.constantFrom<EarlyHangUpChoice>('another_day', 'later_once', 'text', 'no_more_calls');
    const counts = fc
      .record({ count: fc.integer({ min: 1, max: 4 }), rungSince: fc.integer({ min: 0, max: 4 }) })
      .filter(({ count, rungSince }) => count > 1 || rungSince > 0);
    fc.assert(
      fc.property(choices, counts, (choice, counted) => {
        const hangUps = { ...query.hangUps, ...counted };
        expect(afterEarlyHangUp({ ...query, choice, hangUps }).callAgain).toBe(false);
      }),
    );
  });

  it('never calls again on the same day unless the organization chose it', () => {
    const choices = fc.constantFrom<EarlyHangUpChoice>('another_day', 'text', 'no_more_calls');
    const minWaitMs = fc.integer({ min: 1, max: 10 * HOUR_MS });
    fc.assert(
      fc.property(choices, minWaitMs, (choice, ms) => {
        const decision = afterEarlyHangUp({ ...query, choice, minWaitMs: ms });
        expect(!decision.callAgain || decision.notBefore >= query.nextCallingDay).toBe(true);
      }),
    );
  });
});
