import fc from 'fast-check';
import { findPasswordViolation } from './password-policy.js';
import { decideSignIn, SIGN_IN_POLICY, type SignInAttempts } from './sign-in-tries.js';

const START = new Date('2026-03-02T09:00:00Z');
const at = (ms: number): Date => new Date(START.getTime() + ms);

describe('sign-in attempts', () => {
  it('need no wait at first, then twice as long each time, up to the maximum', () => {
    let tries: SignInAttempts | null = null;
    let now = 0;
    const waits: number[] = [];
    for (let n = 0; n < 16; n += 1) {
      const decision = decideSignIn(tries, at(now));
      if (decision.kind === 'refuse') {
        waits.push(decision.retryAfterMs);
        now += decision.retryAfterMs;
        expect(decideSignIn(tries, at(now - 1)).kind).toBe('refuse');
      }
      const admitted = decideSignIn(tries, at(now));
      if (admitted.kind !== 'admit') throw new Error('Expected the attempt to be admitted after the wait.');
      tries = admitted.next;
    }
    expect(waits.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
    expect(waits).toHaveLength(16 - SIGN_IN_POLICY.freeFailures);
    expect(Math.max(...waits)).toBe(SIGN_IN_POLICY.maxWaitMs);
  });

  it('that are refused do not make the wait longer', () => {
    const tries = { failures: 8, lastAt: START };
    const end = SIGN_IN_POLICY.firstWaitMs * 2 ** 3;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end * 2 }), (ms) => {
        const decision = decideSignIn(tries, at(ms));
        if (decision.kind === 'refuse') expect(decision.retryAfterMs).toBe(end - ms);
        else expect(ms).toBeGreaterThanOrEqual(end);
      }),
    );
  });

  it('are forgotten after a day', () => {
    const decision = decideSignIn({ failures: 40, lastAt: START }, at(SIGN_IN_POLICY.forgetAfterMs));
    expect(decision).toEqual({ kind: 'admit', next: { failures: 1, lastAt: at(SIGN_IN_POLICY.forgetAfterMs) } });
  });
});

describe('findPasswordViolation', () => {
  it.each([
    ['elevenchars', 'too_short'],
    ['twelve chars', null],
    ['🌳'.repeat(11), 'too_short'],
    ['🌳'.repeat(12), null],
    ['x'.repeat(200), null],
    ['x'.repeat(201), 'too_long'],
    [' ANA@example.com ', 'is_email'],
  ])('validates the password "%s" with the result %s', (password, violation) => {
    expect(findPasswordViolation(password, 'ana@example.com')).toBe(violation);
  });
});
