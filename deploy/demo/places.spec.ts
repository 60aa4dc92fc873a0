import {
  candidateZones,
  DEFAULT_CALLING_RULES,
  findLawfulWindows,
  withOrganizationHours,
} from '#libs/domain/calling-rules/index.js';
import { zoneOfPosition } from '#libs/domain/calling-rules/zone-of-position.js';
import { placeAtLocalTime, type Place } from './places.js';

const HOUR_MS = 3_600_000;
/** The default calling hours of organizations. */
const rules = withOrganizationHours(DEFAULT_CALLING_RULES, { open: 9 * 60, close: 20 * 60 });

function countLawfulMs(place: Place, from: Date): number {
  const zones = candidateZones(
    { position: place.position, phone: place.phone(1), declaredZone: place.zone },
    zoneOfPosition,
  );
  const windows = findLawfulWindows({ zones, rules, from, to: new Date(from.getTime() + 2 * HOUR_MS) });
  return windows.reduce((sum, { start, end }) => sum + end.getTime() - start.getTime(), 0);
}

describe('the demo finds places at any hour', () => {
  const days = ['2026-01-15', '2026-03-20', '2026-07-15', '2026-11-23'];
  const hours = Array.from({ length: 48 }, (_, half) => half / 2);

  it.each(days)('on %s: in one place calling is lawful for the next two hours, and in another it is not', (day) => {
    for (const hour of hours) {
      const now = new Date(Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS);
      const byDay = placeAtLocalTime(13 * 60, now);
      const byNight = placeAtLocalTime(2 * 60, now);
      expect([now.toISOString(), byDay.city, countLawfulMs(byDay, now)]).toEqual([
        now.toISOString(),
        byDay.city,
        2 * HOUR_MS,
      ]);
      expect([now.toISOString(), byNight.city, countLawfulMs(byNight, now)]).toEqual([
        now.toISOString(),
        byNight.city,
        0,
      ]);
    }
  });
});
