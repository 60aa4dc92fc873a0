import { isDeepStrictEqual } from 'node:util';
import type { DeliveryChanges } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toWindow } from '../deliveries/deliveries.module.js';

const CHANGEABLE = [
  'reference',
  'window',
  'decideBy',
  'alternativeWindows',
  'parcel',
  'requires',
  'priority',
] as const satisfies (keyof DeliveryChanges)[];
export type ChangeableField = (typeof CHANGEABLE)[number];

/**
 * The delivery with the changes put on it. An instant to decide by that followed the window's start goes on following it.
 */
export function applyChanges(before: DeliveryDocument, changes: DeliveryChanges): DeliveryDocument {
  const { reference, window, decideBy, alternativeWindows, parcel, requires, priority } = changes;
  const planned = window === undefined ? before.window : toWindow(window);
  const followed = before.decideBy.getTime() === before.window.start.getTime();
  return {
    ...before,
    reference: reference ?? before.reference,
    window: planned,
    decideBy: decideBy === undefined ? (followed ? planned.start : before.decideBy) : new Date(decideBy),
    alternativeWindows: alternativeWindows?.map(toWindow) ?? before.alternativeWindows,
    parcel: parcel === undefined ? before.parcel : { ...parcel },
    requires: requires ?? before.requires,
    priority: priority ?? before.priority,
  };
}

/** Which fields are different. */
export const changedFields = (before: DeliveryDocument, after: DeliveryDocument): ChangeableField[] =>
  CHANGEABLE.filter((field) => !isDeepStrictEqual(before[field], after[field]));

/** Whether the call was timed by what changed. */
export const movesCall = (changed: readonly ChangeableField[]): boolean =>
  changed.includes('window') || changed.includes('decideBy');

/** Whether the agent was chosen by what changed. */
export const voidsAssignment = (changed: readonly ChangeableField[]): boolean =>
  changed.includes('window') || changed.includes('parcel') || changed.includes('requires');
