import type { Position } from '#libs/domain/geo/index.js';
import { findCandidateZonesOfNumber } from '#libs/domain/phone-number/index.js';
import { isZone } from '#libs/domain/time/index.js';

/**
 * Finds the IANA zones at a position: usually one, several where a border is disputed. Injected, because the
 * implementation reads files.
 */
export type ZoneOfPosition = (position: Position) => readonly string[];

/** The known facts from which a customer's time zone is derived. */
export interface CustomerLocation {
  /** The position of the delivery address. */
  readonly position?: Position | undefined;
  /** E.164. */
  readonly phone: string;
  /** The zone that the partner states for the customer. */
  readonly declaredZone?: string | undefined;
}

/**
 * Determines every zone in which the customer may be when the phone rings: at the delivery address, where the number
 * was issued, and as stated by the partner.
 *
 * A call must be lawful in all of them, so each further fact can only narrow the hours. An empty result means that no
 * zone is known and no call is permitted. The result is sorted and without duplicates; names that are unknown to the
 * runtime are omitted.
 */
export function candidateZones(
  { position, phone, declaredZone }: CustomerLocation,
  zoneOfPosition: ZoneOfPosition,
): string[] {
  const zones = [
    ...(position ? zoneOfPosition(position) : []),
    ...findCandidateZonesOfNumber(phone),
    ...(declaredZone === undefined ? [] : [declaredZone]),
  ];
  return [...new Set(zones)].filter(isZone).sort();
}
