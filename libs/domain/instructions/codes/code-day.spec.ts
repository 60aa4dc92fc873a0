import { isCodeDay } from './code-day.js';

describe('days on which an access code is shown', () => {
  const zone = 'America/Chicago';
  const window = { start: new Date('2026-03-04T18:00:00Z'), end: new Date('2026-03-04T22:00:00Z') };

  it.each([
    ['2026-03-04T05:59:59Z', false],
    ['2026-03-04T06:00:00Z', true],
    ['2026-03-05T05:59:59Z', true],
    ['2026-03-05T06:00:00Z', false],
  ])('last from midnight to midnight in the zone of the organization: at %s %s', (now, shown) => {
    expect(isCodeDay(window, new Date(now), zone)).toBe(shown);
  });

  it('include both days of a window over midnight, and all of the day on which the clocks change', () => {
    const night = { start: new Date('2026-03-08T04:00:00Z'), end: new Date('2026-03-08T07:00:00Z') };
    expect(isCodeDay(night, new Date('2026-03-07T06:00:00Z'), zone)).toBe(true);
    expect(isCodeDay(night, new Date('2026-03-09T04:59:59Z'), zone)).toBe(true);
    expect(isCodeDay(night, new Date('2026-03-09T05:00:00Z'), zone)).toBe(false);
  });
});
