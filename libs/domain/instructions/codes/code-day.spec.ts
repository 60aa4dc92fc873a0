import { isCodeDay } from './code-day.js';

describe('what opens a door', () => {
  const zone = 'America/Chicago';
  const window = { start: new Date('2026-03-04T18:00:00Z'), end: new Date('2026-03-04T22:00:00Z') };

  it.each([
    ['2026-03-04T05:59:59Z', false],
    ['2026-03-04T06:00:00Z', true],
    ['2026-03-05T05:59:59Z', true],
    ['2026-03-05T06:00:00Z', false],
  ])('is shown from midnight to midnight of where it is used: at %s %s', (now, shown) => {
    expect(isCodeDay(window, new Date(now), zone)).toBe(shown);
  });

  it('is shown on both days of a window over midnight, and through the day on which clocks change', () => {
    const night = { start: new Date('2026-03-08T04:00:00Z'), end: new Date('2026-03-08T07:00:00Z') };
    expect(isCodeDay(night, new Date('2026-03-07T06:00:00Z'), zone)).toBe(true);
    expect(isCodeDay(night, new Date('2026-03-09T04:59:59Z'), zone)).toBe(true);
    expect(isCodeDay(night, new Date('2026-03-09T05:00:00Z'), zone)).toBe(false);
  });
});
