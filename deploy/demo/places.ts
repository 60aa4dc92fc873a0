/**
 * A city for customers, with one time zone and one range of phone numbers, so that the calling hours are unambiguous.
 */
export interface Place {
  readonly city: string;
  readonly zone: string;
  readonly position: readonly [lng: number, lat: number];
  /** Returns a phone number of this place from an unassigned range. `serial` is 0 to 99. */
  readonly phone: (serial: number) => string;
}

const twoDigits = (serial: number): string => String(serial).padStart(2, '0');

/**
 * Cities around the globe, at most three hours apart: in one of them it is always early afternoon, and in another
 * night.
 */
export const PLACES: readonly Place[] = [
  {
    city: 'Honolulu',
    zone: 'Pacific/Honolulu',
    position: [-157.86, 21.31],
    phone: (n) => `+1808555${`01${twoDigits(n)}`}`,
  },
  {
    city: 'Los Angeles',
    zone: 'America/Los_Angeles',
    position: [-118.24, 34.05],
    phone: (n) => `+1213555${`01${twoDigits(n)}`}`,
  },
  {
    city: 'Chicago',
    zone: 'America/Chicago',
    position: [-87.63, 41.88],
    phone: (n) => `+1312555${`01${twoDigits(n)}`}`,
  },
  {
    city: 'Buenos Aires',
    zone: 'America/Argentina/Buenos_Aires',
    position: [-58.38, -34.6],
    phone: (n) => `+5491155500${`1${twoDigits(n)}`}`,
  },
  { city: 'London', zone: 'Europe/London', position: [-0.12, 51.5], phone: (n) => `+442079460${`1${twoDigits(n)}`}` },
  {
    city: 'Johannesburg',
    zone: 'Africa/Johannesburg',
    position: [28.05, -26.2],
    phone: (n) => `+2711555${`01${twoDigits(n)}`}`,
  },
  { city: 'Dubai', zone: 'Asia/Dubai', position: [55.27, 25.2], phone: (n) => `+97145550${`1${twoDigits(n)}`}` },
  { city: 'Delhi', zone: 'Asia/Kolkata', position: [77.21, 28.61], phone: (n) => `+911155550${`1${twoDigits(n)}`}` },
  { city: 'Bangkok', zone: 'Asia/Bangkok', position: [100.5, 13.75], phone: (n) => `+6625550${`1${twoDigits(n)}`}` },
  { city: 'Tokyo', zone: 'Asia/Tokyo', position: [139.69, 35.69], phone: (n) => `+81355500${`1${twoDigits(n)}`}` },
  {
    city: 'Auckland',
    zone: 'Pacific/Auckland',
    position: [174.76, -36.85],
    phone: (n) => `+6495550${`1${twoDigits(n)}`}`,
  },
];

/** Returns the local time of an instant in a zone, as minutes after midnight. */
function toLocalMinutes(now: Date, zone: string): number {
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(now)
    .split(':')
    .map(Number);
  return hours * 60 + minutes;
}

/**
 * Returns the place whose current local time is closest to a time of day.
 * @param minutes minutes after midnight
 */
export function placeAtLocalTime(minutes: number, now: Date): Place {
  const day = 24 * 60;
  const distanceMinutes = (place: Place): number => {
    const differenceMinutes = Math.abs(toLocalMinutes(now, place.zone) - minutes);
    return Math.min(differenceMinutes, day - differenceMinutes);
  };
  return PLACES.reduce((best, place) => (distanceMinutes(place) < distanceMinutes(best) ? place : best));
}
