import type { Position } from '#libs/domain/geo/index.js';
import { candidateZonesOfNumber } from '#libs/domain/phone-number/index.js';
import { isZone } from '#libs/domain/time/index.js';

/** The IANA zones at a place; usually one, several where a border is disputed. Injected: the real one reads files. */
export type ZoneOfPosition = (position: Position) => readonly string[];

export interface WhereTheCustomerMayBe {
  /** The delivery's address. */
  readonly position?: Position | undefined;
  /** E.164. */
  readonly phone: string;
  /** The zone the partner states for the customer. */
  readonly declaredZone?: string | undefined;
}

/**
 * Every zone in which the customer may be when the phone rings: where the parcel goes, where the number was issued, and
 * what the partner states. A call must be lawful in all of them, so each further hint can only narrow the hours. Empty
 * means that nothing is known and nobody may ring. Sorted, without doubles; names no runtime knows are left out.
 */
export function candidateZones(
  { position, phone, declaredZone }: WhereTheCustomerMayBe,
  zoneOfPosition: ZoneOfPosition,
): string[] {
  const zones = [
    ...(position ? zoneOfPosition(position) : []),
    ...candidateZonesOfNumber(phone),
    ...(declaredZone === undefined ? [] : [declaredZone]),
  ];
  return [...new Set(zones)].filter(isZone).sort();
}
