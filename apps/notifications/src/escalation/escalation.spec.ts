import { isEscalationStopped, nextPushTry, planEscalation, smsText } from './escalation.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 2, 15, 0, seconds));

describe('the ladder', () => {
  it('is due from the message’s creation on', () => {
    expect(planEscalation(at(0), { pushAfterSeconds: 15, smsAfterSeconds: 120 })).toEqual({
      pushAt: at(15),
      smsAt: at(120),
    });
  });

  it('stops when acknowledged or superseded', () => {
    expect(isEscalationStopped({})).toBe(false);
    expect(isEscalationStopped({ acknowledgedAt: at(3) })).toBe(true);
    expect(isEscalationStopped({ supersededAt: at(3) })).toBe(true);
  });

  it('doubles the wait between pushes and leaves the rest to the SMS', () => {
    expect(nextPushTry(at(15), 1, at(120))).toEqual(at(20));
    expect(nextPushTry(at(20), 2, at(120))).toEqual(at(30));
    expect(nextPushTry(at(90), 4, at(120))).toBeUndefined();
  });

  it('does not come back before the push service asked', () => {
    expect(nextPushTry(at(15), 1, at(120), 60_000)).toEqual(at(75));
    expect(nextPushTry(at(15), 1, at(120), 600_000)).toBeUndefined();
  });

  it('keeps the SMS short', () => {
    expect(smsText('A-1', 'Dog.')).toBe('Delivery A-1: Dog. Open the app to confirm.');
    expect(smsText('A-1', 'x'.repeat(2000)).length).toBe(480);
  });
});
