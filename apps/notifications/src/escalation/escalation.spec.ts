import { isEscalationStopped, planPushRetry, planEscalation, toSmsText } from './escalation.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 2, 15, 0, seconds));

describe('the escalation plan', () => {
  it('measures the delays from the creation of the message', () => {
    expect(planEscalation(at(0), { pushAfterSeconds: 15, smsAfterSeconds: 120 })).toEqual({
      pushAt: at(15),
      smsAt: at(120),
    });
  });

  it('stops when the message is acknowledged or superseded', () => {
    expect(isEscalationStopped({})).toBe(false);
    expect(isEscalationStopped({ acknowledgedAt: at(3) })).toBe(true);
    expect(isEscalationStopped({ supersededAt: at(3) })).toBe(true);
  });

  it('doubles the wait between pushes until the SMS is due', () => {
    expect(planPushRetry(at(15), 1, at(120))).toEqual(at(20));
    expect(planPushRetry(at(20), 2, at(120))).toEqual(at(30));
    expect(planPushRetry(at(90), 4, at(120))).toBeUndefined();
  });

  it('does not retry before the time that the push service requested', () => {
    expect(planPushRetry(at(15), 1, at(120), 60_000)).toEqual(at(75));
    expect(planPushRetry(at(15), 1, at(120), 600_000)).toBeUndefined();
  });

  it('limits the SMS to 480 characters', () => {
    expect(toSmsText('A-1', 'Dog.')).toBe('Delivery A-1: Dog. Open the app to confirm.');
    expect(toSmsText('A-1', 'x'.repeat(2000)).length).toBe(480);
  });
});
