import { randomBytes } from 'node:crypto';
import type { CallRequestedPayload } from '#libs/contracts/index.js';

const HOUR_MS = 3_600_000;

/**
 * A call request as routing sends it. Calling is lawful whenever the test runs, because it is about noon in the
 * customer's time zone.
 */
export function createCallRequest(phone: string): CallRequestedPayload {
  const now = new Date();
  const inHours = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const deliveryId = `dlv_${randomBytes(8).toString('hex')}`;
  return {
    deliveryId,
    reference: 'ORDER-1',
    attemptId: `${deliveryId}.1`,
    attempt: 1,
    customerId: 'cus_1',
    customerName: 'Ada Park',
    phone,
    language: 'en',
    organizationName: 'Northwind',
    window: { start: inHours(20), end: inHours(22) },
    alternativeWindows: [{ start: inHours(44), end: inHours(46) }],
    zone: findNoonZone(now),
    candidateZones: [findNoonZone(now)],
    callsFromMinute: 0,
    callsUntilMinute: 1440,
    legalBasis: 'consent',
    attemptsForDelivery: 0,
    attemptsToday: 0,
    expiresAt: inHours(10),
  };
}

/** Returns a time zone in which it is about noon. */
function findNoonZone(now: Date): string {
  const offset = 12 - now.getUTCHours();
  // The signs in `Etc/GMT…` names are inverted.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
