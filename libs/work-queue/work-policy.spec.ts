import fc from 'fast-check';
import { decideAfterFailure, toWakeUpId, getOutageBackOffMs, chooseSweepAction } from './work-policy.js';

const now = new Date('2026-03-02T15:00:00Z');

describe('decideAfterFailure', () => {
  it('uses the delays in order and then marks the work dead', () => {
    expect(decideAfterFailure(1, now, [1_000, 5_000])).toEqual({
      state: 'waiting',
      dueAt: new Date('2026-03-02T15:00:01Z'),
    });
    expect(decideAfterFailure(2, now, [1_000, 5_000])).toEqual({
      state: 'waiting',
      dueAt: new Date('2026-03-02T15:00:05Z'),
    });
    expect(decideAfterFailure(3, now, [1_000, 5_000])).toEqual({ state: 'dead' });
    expect(decideAfterFailure(1, now, [])).toEqual({ state: 'dead' });
  });
});

describe('getOutageBackOffMs', () => {
  it('doubles up to a maximum', () => {
    expect([0, 1, 4, 5, 50].map((failures) => getOutageBackOffMs(failures, () => 1))).toEqual([
      100, 200, 1_600, 2_000, 2_000,
    ]);
    expect(getOutageBackOffMs(0, () => 0)).toBe(50);
  });
});

describe('chooseSweepAction', () => {
  it('waits for the first wake-up, then wakes again, then runs the work', () => {
    const thresholds = { wakeUpAfterMs: 1_000, runAfterMs: 3_000, canWake: true };
    expect([0, 999, 1_000, 2_999, 3_000, 1e9].map((overdueMs) => chooseSweepAction(overdueMs, thresholds))).toEqual([
      'leave',
      'leave',
      'wake',
      'wake',
      'run',
      'run',
    ]);
  });

  it('runs the work at once when no wake-up is possible', () => {
    expect(chooseSweepAction(0, { wakeUpAfterMs: 1_000, runAfterMs: 3_000, canWake: false })).toBe('run');
  });
});

describe('toWakeUpId', () => {
  const ids = fc.string({ minLength: 1 });
  const dates = fc.date({ noInvalidDate: true });

  it('is the same for the same row and due time, and valid in BullMQ for any key', () => {
    fc.assert(
      fc.property(ids, dates, (_id, dueAt) => {
        expect(toWakeUpId({ _id, dueAt })).toBe(toWakeUpId({ _id, dueAt: new Date(dueAt) }));
        expect(toWakeUpId({ _id, dueAt })).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('differs for another row or due time', () => {
    fc.assert(
      fc.property(ids, ids, dates, dates, (a, b, early, late) => {
        fc.pre(a !== b && early.getTime() !== late.getTime());
        expect(
          new Set([
            toWakeUpId({ _id: a, dueAt: early }),
            toWakeUpId({ _id: b, dueAt: early }),
            toWakeUpId({ _id: a, dueAt: late }),
          ]).size,
        ).toBe(3);
      }),
    );
  });
});
