import { isDeepStrictEqual } from 'node:util';
import type { DeliveryChanges } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toWindow } from '../deliveries/deliveries.module.js';

const CHANGEABLE_FIELDS = [
  'reference',
  'window',
  'decideBy',
  'alternativeWindows',
  'parcel',
  'requires',
  'priority',
] as const satisfies (keyof DeliveryChanges)[];
export type ChangeableField = (typeof CHANGEABLE_FIELDS)[number];

/**
 * Applies changes to a delivery. If `decideBy` equals the start of the window, it moves with the window, unless the
 * changes include `decideBy`.
 */
export function applyChanges(before: DeliveryDocument, changes: DeliveryChanges): DeliveryDocument {
  const { reference, window, decideBy, alternativeWindows, parcel, requires, priority } = changes;
  const newWindow = window === undefined ? before.window : toWindow(window);
  const followsWindow = before.decideBy.getTime() === before.window.start.getTime();
  return {
    ...before,
    reference: reference ?? before.reference,
    window: newWindow,
    decideBy: decideBy === undefined ? (followsWindow ? newWindow.start : before.decideBy) : new Date(decideBy),
    alternativeWindows: alternativeWindows?.map(toWindow) ?? before.alternativeWindows,
    parcel: parcel === undefined ? before.parcel : { ...parcel },
    requires: requires ?? before.requires,
    priority: priority ?? before.priority,
  };
}

/** Lists the names of the fields that differ. */
export const listChangedFields = (before: DeliveryDocument, after: DeliveryDocument): ChangeableField[] =>
  CHANGEABLE_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));

/** Whether the time of the planned call depends on a changed field. */
export const affectsCallTime = (changed: readonly ChangeableField[]): boolean =>
  changed.includes('window') || changed.includes('decideBy');

/** Whether the choice of the agent depends on a changed field. */
export const affectsAssignment = (changed: readonly ChangeableField[]): boolean =>
  changed.includes('window') || changed.includes('parcel') || changed.includes('requires');
