import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { decideRefresh, SESSION_POLICY, startRefreshing, type RefreshState } from './refresh-rotation.js';

const START = new Date('2026-03-02T09:00:00Z');
const later = (ms: number): Date => new Date(START.getTime() + ms);

/** A step of a client with tokens: it waits, then presents the token of this age; 0 is the newest ever issued. */
const steps = fc.array(
  fc.record({
    waitMs: fc.oneof(
      fc.integer({ min: 0, max: SESSION_POLICY.graceMs * 2 }),
      fc.integer({ min: 0, max: SESSION_POLICY.idleMs + 1000 }),
    ),
    age: fc.nat({ max: 4 }),
  }),
  { maxLength: 40 },
);

describe('decideRefresh', () => {
  it('keeps its guarantees for tokens presented in any order and at any time', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        let state: RefreshState = startRefreshing(START);
        let now = START.getTime();
        let isReused = false;
        for (const { waitMs, age } of sequence) {
          now += waitMs;
          const presented = Math.max(1, state.generation - age);
          const wasNewest = presented === state.generation;
          const at = new Date(now);
          const isActive = !state.revoked && at < state.idleExpiresAt && at < state.expiresAt;
          const decision = decideRefresh(state, presented, at);
          if (!isActive || isReused) {
            // An ended session stays ended.
            expect(decision.kind).toBe('ended');
            continue;
          }
          if (decision.kind === 'rotate') {
            // A token is rotated at most once: its successor is the newest from then on.
            expect(wasNewest).toBe(true);
            expect(decision.next.generation).toBe(state.generation + 1);
            expect(decision.next.expiresAt).toEqual(state.expiresAt);
            expect(decision.next.idleExpiresAt.getTime()).toBeLessThanOrEqual(state.expiresAt.getTime());
            state = decision.next;
          } else if (decision.kind === 'repeat') {
            // Only the token before the newest, and only within the grace period.
            expect(presented).toBe(state.generation - 1);
            expect(now - state.rotatedAt.getTime()).toBeLessThan(SESSION_POLICY.graceMs);
          } else {
            expect(decision.kind).toBe('reused');
            expect(wasNewest).toBe(false);
            isReused = true;
            state = { ...state, revoked: true };
          }
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('detects a stolen token at its second use, whether the thief or the owner uses it first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.boolean(), (generation, withinGrace) => {
        const stolen: RefreshState = { ...startRefreshing(START), generation };
        const first = decideRefresh(stolen, generation, START);
        if (first.kind !== 'rotate') throw new Error('Expected the newest token to be rotated.');
        const second = decideRefresh(first.next, generation, later(withinGrace ? 1 : SESSION_POLICY.graceMs));
        if (second.kind === 'reused') return;
        // Within the grace period, thief and owner get the same successor. The second use of that one is detected in
        // the same way.
        expect(second.kind).toBe('repeat');
        const third = decideRefresh(first.next, generation + 1, later(2));
        if (third.kind !== 'rotate') throw new Error('Expected the newest token to be rotated.');
        expect(decideRefresh(third.next, generation + 1, later(2 + SESSION_POLICY.graceMs)).kind).toBe('reused');
        expect(decideRefresh(third.next, generation, later(3)).kind).toBe('reused');
      }),
    );
  });

  it('ends a session when it is idle too long, and at its absolute limit', () => {
    let state = startRefreshing(START);
    expect(decideRefresh(state, 1, later(SESSION_POLICY.idleMs)).kind).toBe('ended');
    let now = START.getTime();
    let rotations = 0;
    for (;;) {
      now += SESSION_POLICY.idleMs - 1;
      const decision = decideRefresh(state, state.generation, new Date(now));
      if (decision.kind !== 'rotate') break;
      state = decision.next;
      rotations += 1;
    }
    expect(rotations).toBe(6);
    expect(now).toBeGreaterThanOrEqual(START.getTime() + SESSION_POLICY.absoluteMs);
  });
});
