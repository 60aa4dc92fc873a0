import { DateTime } from 'luxon';

/** A place where customers live: one time zone, with fictional phone numbers. */
export interface Place {
  readonly city: string;
  /** The IANA name of the time zone. */
  readonly zone: string;
  readonly position: readonly [longitude: number, latitude: number];
  /** A phone number in E.164 for a serial number from 0 to 9999. */
  readonly phone: (serial: number) => string;
}

const createPlace = (city: string, zone: string, position: readonly [number, number], prefix: string): Place => ({
  city,
  zone,
  position,
  phone: (serial) => `${prefix}${String(serial).padStart(4, '0')}`,
});

/** Places around the globe in small steps: in one of them it is always early afternoon, and in one night. */
const PLACES: readonly Place[] = [
  createPlace('Honolulu', 'Pacific/Honolulu', [-157.86, 21.31], '+1808555'),
  createPlace('Los Angeles', 'America/Los_Angeles', [-118.24, 34.05], '+1213555'),
  createPlace('Chicago', 'America/Chicago', [-87.63, 41.88], '+1312555'),
  createPlace('Buenos Aires', 'America/Argentina/Buenos_Aires', [-58.38, -34.6], '+54911555'),
  createPlace('London', 'Europe/London', [-0.12, 51.5], '+44207946'),
  createPlace('Johannesburg', 'Africa/Johannesburg', [28.05, -26.2], '+2711555'),
  createPlace('Dubai', 'Asia/Dubai', [55.27, 25.2], '+9714555'),
  createPlace('Delhi', 'Asia/Kolkata', [77.21, 28.61], '+91115555'),
  createPlace('Bangkok', 'Asia/Bangkok', [100.5, 13.75], '+662555'),
  createPlace('Tokyo', 'Asia/Tokyo', [139.69, 35.69], '+8135550'),
  createPlace('Auckland', 'Pacific/Auckland', [174.76, -36.85], '+649555'),
];

const MINUTES_A_DAY = 24 * 60;

/** Minutes after midnight in the time zone. */
export function localMinute(at: number | Date, zone: string): number {
  const local = DateTime.fromJSDate(new Date(at), { zone });
  return local.hour * 60 + local.minute + local.second / 60;
}

/** The place whose local time is closest to a time of day. */
export function findPlaceByLocalTime(minute: number, now: Date): Place {
  const toDistanceMinutes = ({ zone }: Place): number => {
    const distance = Math.abs(localMinute(now, zone) - minute);
    return Math.min(distance, MINUTES_A_DAY - distance);
  };
  return PLACES.reduce((best, one) => (toDistanceMinutes(one) < toDistanceMinutes(best) ? one : best));
}

const KM_PER_DEGREE = 111.32;

/** A position at an offset in kilometers from a place. */
export function positionNear({ position: [longitude, latitude] }: Place, eastKm: number, northKm: number) {
  return [
    longitude + eastKm / (KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
    latitude + northKm / KM_PER_DEGREE,
  ] as const;
}
