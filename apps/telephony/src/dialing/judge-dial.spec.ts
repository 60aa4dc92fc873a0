import { DateTime } from 'luxon';
import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import type { CallLog } from '../call-log/call-log.js';
import { judgeDial } from './judge-dial.js';

const REQUEST = {
  candidateZones: ['America/Chicago'],
  callsFromMinute: 0,
  callsUntilMinute: 1440,
  legalBasis: 'consent',
  attemptsForDelivery: 0,
  attemptsToday: 0,
  expiresAt: '2027-01-01T00:00:00Z',
} as const;
const createCallLog = (changes: object = {}): CallLog =>
  ({ request: { ...REQUEST, ...changes } }) as unknown as CallLog;
const createConditions = (iso: string) => ({
  now: new Date(iso),
  isSuppressed: false,
  queueMarginSeconds: 60,
  ringSeconds: 25,
});

describe('judgeDial', () => {
  it('permits dialing within lawful hours', () => {
    expect(judgeDial(createCallLog(), createConditions('2026-03-02T15:00:00Z'))).toEqual({ kind: 'dial' });
  });

  it.each([
    ['quiet_hours', {}, '2026-03-02T13:59:00Z'],
    ['too_close_to_quiet_hours', {}, '2026-03-03T02:59:00Z'],
    ['quiet_hours', { callsFromMinute: 600 }, '2026-03-02T15:00:00Z'],
    ['expired', { expiresAt: '2026-03-02T15:00:00Z' }, '2026-03-02T15:00:00Z'],
    ['attempt_cap_total', { legalBasis: 'delivery_notice', attemptsForDelivery: 2 }, '2026-03-02T15:00:00Z'],
    ['zone_unknown', { candidateZones: [] }, '2026-03-02T15:00:00Z'],
  ])('refuses by the rule %s', (rule, changes, now) => {
    expect(judgeDial(createCallLog(changes), createConditions(now))).toMatchObject({
      kind: 'refuse',
      refusal: { rule },
    });
  });

  it('refuses a number that opted out, at any time', () => {
    const judgment = judgeDial(createCallLog(), { ...createConditions('2026-03-02T15:00:00Z'), isSuppressed: true });
    expect(judgment).toMatchObject({ refusal: { rule: 'do_not_call' } });
  });

  it('never permits dialing outside 08:00–21:00 in any of the candidate zones', () => {
    const zones = fc.subarray(['America/Chicago', 'America/New_York', 'Asia/Kolkata', 'Europe/Madrid'], {
      minLength: 1,
    });
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (candidateZones, now) => {
        const judgment = judgeDial(createCallLog({ candidateZones }), { ...createConditions(now.toISOString()), now });
        const hours = candidateZones.map((zone) => DateTime.fromJSDate(now).setZone(zone).hour);
        if (judgment.kind === 'dial') expect(hours.every((hour) => hour >= 8 && hour < 21)).toBe(true);
        else expect(hours.some((hour) => hour < 8 || hour >= 20)).toBe(true);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
