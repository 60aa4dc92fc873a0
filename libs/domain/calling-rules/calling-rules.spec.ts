import fc from 'fast-check';
import { DateTime } from 'luxon';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  getCallingDayStart,
  candidateZones,
  DEFAULT_CALLING_RULES,
  findLawfulWindows,
  mayDial,
  withOrganizationHours,
  type CallingRules,
  type CustomerCallStatus,
  type DialQuery,
} from './index.js';
import { zoneOfPosition } from './zone-of-position.js';

const status: CustomerCallStatus = {
  doNotCall: false,
  legalBasis: 'consent',
  attemptsForDelivery: 0,
  attemptsToday: 0,
};
const query = (now: string, changes: Partial<DialQuery> = {}): DialQuery => ({
  now: new Date(now),
  zones: ['America/Chicago'],
  rules: DEFAULT_CALLING_RULES,
  status,
  queueMarginSeconds: 60,
  ringSeconds: 30,
  ...changes,
});

const ZONES = Intl.supportedValuesOf('timeZone');
const zoneSets = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 4 });
const instants = fc.oneof(
  fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
  // Around changes to and from daylight saving time in America, Europe, Australia and on Lord Howe Island (by half an
  // hour).
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-08T08:00Z',
        '2026-11-01T07:00Z',
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-04-04T16:00Z',
      ),
      fc.integer({ min: -86_400_000, max: 86_400_000 }),
    )
    .map(([at, off]) => new Date(new Date(at).getTime() + off)),
);
const hoursOpeningBy = (latest: number): fc.Arbitrary<{ open: number; close: number }> =>
  fc
    .tuple(fc.integer({ min: 0, max: latest }), fc.integer({ min: 1, max: 1440 }))
    .map(([open, length]) => ({ open, close: Math.min(1440, open + length) }));
const ruleSets: fc.Arbitrary<CallingRules> = fc
  .record({
    hours: fc.oneof(fc.constant(DEFAULT_CALLING_RULES.hours), hoursOpeningBy(1439)),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 3 }),
    organizationHours: fc.option(hoursOpeningBy(1200), { nil: undefined }),
    organizationDaysOff: fc.subarray(['sunday', 'wednesday', '07-04', '2026-03-08']),
  })
  .map(({ hours, weekdays, organizationHours, organizationDaysOff }) => {
    const rules = { ...DEFAULT_CALLING_RULES, hours, daysOff: { weekdays, dates: ['12-25'] } };
    return organizationHours ? withOrganizationHours(rules, organizationHours, organizationDaysOff) : rules;
  });

/** A reference implementation of the law for one instant in one zone, as simple as possible. */
function isAllowedAt(at: number, zone: string, rules: CallingRules): boolean {
  const localTime = DateTime.fromMillis(at, { zone });
  const time = localTime.hour * 60 + localTime.minute;
  const isWithin = ({ open, close }: { open: number; close: number }): boolean => time >= open && time < close;
  return (
    isWithin(rules.hours) &&
    (!rules.organizationHours || isWithin(rules.organizationHours)) &&
    !rules.daysOff.weekdays.includes(localTime.weekday) &&
    localTime.toFormat('MM-dd') !== '12-25' &&
    !isOrganizationDayOff(localTime, rules)
  );
}

const isOrganizationDayOff = (localTime: DateTime, { organizationDaysOff }: CallingRules): boolean =>
  organizationDaysOff !== undefined &&
  (organizationDaysOff.weekdays.includes(localTime.weekday) ||
    organizationDaysOff.dates.some(
      (date) => date === localTime.toFormat('MM-dd') || date === localTime.toFormat('yyyy-MM-dd'),
    ));

/** Returns the rule that refuses the call, and the next permitted time. `null` if the call is allowed. */
const getRefusal = (changes: Partial<DialQuery>, now = '2026-01-05T18:00:00Z'): unknown => {
  const decision = mayDial(query(now, changes));
  return decision.allowed ? null : [decision.rule, decision.nextAllowedAt?.toISOString()];
};

describe('mayDial', () => {
  it('never permits ringing outside the hours of any zone, from the first to the last second', () => {
    let allowed = 0;
    fc.assert(
      fc.property(
        instants,
        zoneSets,
        ruleSets,
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 1, max: 120 }),
        (now, zones, rules, queueMarginSeconds, ringSeconds) => {
          const decision = mayDial({ now, zones, rules, status, queueMarginSeconds, ringSeconds });
          if (!decision.allowed) return;
          allowed += 1;
          const ringing = [now.getTime(), decision.until.getTime()].flatMap((dialAt) => {
            const seconds = queueMarginSeconds + ringSeconds;
            const steps = Array.from({ length: Math.ceil(seconds / 20) }, (_, step) => dialAt + step * 20_000);
            return [...steps, dialAt + seconds * 1000 - 1];
          });
          const unlawful = ringing.filter((at) => !zones.every((zone) => isAllowedAt(at, zone, rules)));
          expect(unlawful).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
    expect(allowed).toBeGreaterThan(100);
  });

  it('returns the earliest permitted time as the next one', () => {
    fc.assert(
      fc.property(instants, zoneSets, ruleSets, (now, zones, rules) => {
        const dialQuery: DialQuery = { now, zones, rules, status, queueMarginSeconds: 60, ringSeconds: 30 };
        const decision = mayDial(dialQuery);
        if (decision.allowed || !decision.nextAllowedAt) return;
        const next = decision.nextAllowedAt.getTime();
        expect(next).toBeGreaterThan(now.getTime());
        expect(mayDial({ ...dialQuery, now: new Date(next) }).allowed).toBe(true);
        expect(mayDial({ ...dialQuery, now: new Date(next - 1) }).allowed).toBe(false);
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('permits every lawful call', () => {
    fc.assert(
      fc.property(instants, zoneSets, (now, zones) => {
        const lawful = [0, 30, 60, 90].every((seconds) =>
          zones.every((zone) =>
            isAllowedAt(now.getTime() + seconds * 1000, zone, {
              ...DEFAULT_CALLING_RULES,
              daysOff: { weekdays: [], dates: ['12-25'] },
            }),
          ),
        );
        const rules = { ...DEFAULT_CALLING_RULES, daysOff: { weekdays: [], dates: ['12-25'] } };
        const dialQuery: DialQuery = { now, zones, rules, status, queueMarginSeconds: 60, ringSeconds: 30 };
        if (lawful) expect(mayDial(dialQuery).allowed).toBe(true);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it.each([
    ['08:00 sharp', '2026-01-05T14:00:00Z', true],
    ['a second before', '2026-01-05T13:59:59Z', false],
    ['the last dial of the day', '2026-01-06T02:58:30Z', true],
    ['a second too late for queue and ring', '2026-01-06T02:58:31Z', false],
    ['21:00', '2026-01-06T03:00:00Z', false],
  ])('decides for Chicago at %s', (_, now, allowed) => {
    expect(mayDial(query(now)).allowed).toBe(allowed);
  });

  it('refuses with the rule and the next permitted time', () => {
    expect(getRefusal({ status: { ...status, doNotCall: true } })).toEqual(['do_not_call', undefined]);
    expect(getRefusal({ status: { ...status, attemptsForDelivery: 4 } })).toEqual(['attempt_cap_total', undefined]);
    expect(getRefusal({ status: { ...status, legalBasis: 'delivery_notice', attemptsForDelivery: 2 } })).toEqual([
      'attempt_cap_total',
      undefined,
    ]);
    expect(getRefusal({ status: { ...status, attemptsToday: 3 } })).toEqual([
      'attempt_cap_daily',
      '2026-01-06T14:00:00.000Z',
    ]);
    expect(getRefusal({ zones: [] })).toEqual(['zone_unknown', undefined]);
    expect(getRefusal({}, '2026-01-05T05:00:00Z')).toEqual(['quiet_hours', '2026-01-05T14:00:00.000Z']);
    expect(getRefusal({}, '2026-01-06T02:59:00Z')).toEqual(['too_close_to_quiet_hours', '2026-01-06T14:00:00.000Z']);
    expect(getRefusal({ zones: ['America/New_York', 'Asia/Tokyo', 'Europe/Paris'] })).toEqual([
      'no_common_hours',
      undefined,
    ]);
    const sundays = { ...DEFAULT_CALLING_RULES, daysOff: { weekdays: [7], dates: [] } };
    expect(getRefusal({ rules: sundays }, '2026-01-04T18:00:00Z')).toEqual(['day_off', '2026-01-05T14:00:00.000Z']);
  });

  it('keeps an organization’s own days off, in the customer’s zone', () => {
    const hours = { open: 0, close: 1440 };
    const withDaysOff = (...days: string[]): CallingRules => withOrganizationHours(DEFAULT_CALLING_RULES, hours, days);
    // A Sunday. When Sunday begins in UTC, it is still Saturday evening in Chicago, and calls are lawful.
    expect(getRefusal({ rules: withDaysOff('sunday') }, '2026-01-04T18:00:00Z')).toEqual([
      'day_off',
      '2026-01-05T14:00:00.000Z',
    ]);
    expect(mayDial(query('2026-01-04T01:00:00Z', { rules: withDaysOff('sunday') })).allowed).toBe(true);
    expect(getRefusal({ rules: withDaysOff('01-05') }, '2026-01-05T18:00:00Z')).toEqual([
      'day_off',
      '2026-01-06T14:00:00.000Z',
    ]);
    expect(getRefusal({ rules: withDaysOff('2026-01-05') }, '2026-01-05T18:00:00Z')).toEqual([
      'day_off',
      '2026-01-06T14:00:00.000Z',
    ]);
    expect(mayDial(query('2026-01-05T18:00:00Z', { rules: withDaysOff('2025-01-05') })).allowed).toBe(true);
  });

  it('lets organizations only narrow the law', () => {
    const wider = withOrganizationHours(DEFAULT_CALLING_RULES, { open: 0, close: 1440 });
    expect(mayDial(query('2026-01-05T05:00:00Z', { rules: wider })).allowed).toBe(false);
  });

  it('does not count the attempts of today in the next calling day', () => {
    fc.assert(
      fc.property(instants, zoneSets, (now, zones) => {
        const decision = mayDial({
          ...query('2026-01-05T18:00:00Z'),
          now,
          zones,
          status: { ...status, attemptsToday: 9 },
        });
        if (decision.allowed || decision.rule !== 'attempt_cap_daily')
          throw new Error('The daily cap was not applied.');
        if (!decision.nextAllowedAt) return;
        expect(getCallingDayStart(now, zones).getTime()).toBeLessThanOrEqual(now.getTime());
        expect(getCallingDayStart(decision.nextAllowedAt, zones).getTime()).toBeGreaterThan(now.getTime());
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe('lawfulWindows', () => {
  it('returns the hours that all zones share', () => {
    const windows = findLawfulWindows({
      zones: ['America/New_York', 'America/Los_Angeles'],
      rules: DEFAULT_CALLING_RULES,
      from: new Date('2026-01-05T00:00:00-05:00'),
      to: new Date('2026-01-06T00:00:00-05:00'),
    });
    expect(windows).toEqual([
      { start: new Date('2026-01-05T11:00:00-05:00'), end: new Date('2026-01-05T21:00:00-05:00') },
    ]);
  });
});

describe('candidateZones', () => {
  it('combines position, number and declared zone', () => {
    const zones = candidateZones(
      { position: [-74.006, 40.7128], phone: '+13125550142', declaredZone: 'America/Denver' },
      () => ['America/New_York'],
    );
    expect(zones).toEqual(['America/Chicago', 'America/Denver', 'America/New_York']);
  });

  it('omits unknown zones, and does not query the map without a position', () => {
    const noMap = (): never => {
      throw new Error('The map must not be queried.');
    };
    expect(candidateZones({ phone: '+442079460958', declaredZone: 'Nowhere' }, noMap)).toEqual(['Europe/London']);
  });

  it('finds the zone of a position on the map', () => {
    expect(zoneOfPosition([-87.6298, 41.8781])).toEqual(['America/Chicago']);
    expect(zoneOfPosition([151.2093, -33.8688])).toEqual(['Australia/Sydney']);
  });
});
