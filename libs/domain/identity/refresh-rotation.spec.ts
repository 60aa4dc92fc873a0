import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { decideRefresh, SESSION_POLICY, startRefreshing, type RefreshState } from './refresh-rotation.js';

const START = new Date('2026-03-02T09:00:00Z');
const later = (ms: number): Date => new Date(START.getTime() + ms);

/** A step of whoever holds tokens: wait, then present the one of this age, 0 being the newest ever answered. */
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

describe('the rotation of refresh tokens', () => {
  it('keeps its promises in whatever order and at whatever times tokens are presented', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        let state: RefreshState = startRefreshing(START);
        let now = START.getTime();
        let reused = false;
        for (const { waitMs, age } of walk) {
          now += waitMs;
          const presented = Math.max(1, state.generation - age);
          const wasNewest = presented === state.generation;
          const at = new Date(now);
          const alive = !state.revoked && at < state.idleExpiresAt && at < state.expiresAt;
          const decision = decideRefresh(state, presented, at);
          if (!alive || reused) {
            // Nothing revives a session.
            expect(decision.kind).toBe('ended');
            continue;
          }
          if (decision.kind === 'rotate') {
            // A token is rotated once at most: its successor is the newest from then on.
            expect(wasNewest).toBe(true);
            expect(decision.next.generation).toBe(state.generation + 1);
            expect(decision.next.expiresAt).toEqual(state.expiresAt);
            expect(decision.next.idleExpiresAt.getTime()).toBeLessThanOrEqual(state.expiresAt.getTime());
            state = decision.next;
          } else if (decision.kind === 'repeat') {
            // Only the one before the newest, only at once.
            expect(presented).toBe(state.generation - 1);
            expect(now - state.rotatedAt.getTime()).toBeLessThan(SESSION_POLICY.graceMs);
          } else {
            expect(decision.kind).toBe('reused');
            expect(wasNewest).toBe(false);
            reused = true;
            state = { ...state, revoked: true };
          }
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('finds out a thief whoever of thief and owner comes first, from the second use on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.boolean(), (generation, quickly) => {
        const stolen: RefreshState = { ...startRefreshing(START), generation };
        const first = decideRefresh(stolen, generation, START);
        if (first.kind !== 'rotate') throw new Error('The newest token is good.');
        const second = decideRefresh(first.next, generation, later(quickly ? 1 : SESSION_POLICY.graceMs));
        if (second.kind === 'reused') return;
        // Within the grace both have the same successor: the second to use that one is found out in the same way.
        expect(second.kind).toBe('repeat');
        const third = decideRefresh(first.next, generation + 1, later(2));
        if (third.kind !== 'rotate') throw new Error('The newest token is good.');
        expect(decideRefresh(third.next, generation + 1, later(2 + SESSION_POLICY.graceMs)).kind).toBe('reused');
        expect(decideRefresh(third.next, generation, later(3)).kind).toBe('reused');
      }),
    );
  });

  it('ends by itself: idle, and in the end whatever happens', () => {
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
