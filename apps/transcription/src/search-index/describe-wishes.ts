import type { Instructions } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';

const MOST_CHARACTERS = 2000;

const spoken = (name: string): string => name.replaceAll('_', ' ');

/** What was understood, in the words people look for it by; never what opens a door. */
export function describeWishes(instructions: Instructions): string {
  const wishes = withoutAccessCodes(instructions);
  const { safePlace, recipient } = wishes;
  const parts = [
    ...(safePlace ? [`leave at ${spoken(safePlace.value)}`, safePlace.text] : []),
    ...(recipient ? [`for ${recipient.value.name ?? 'somebody else'}`, recipient.value.unit] : []),
    wishes.accessCode && 'access code',
    wishes.reschedule && 'reschedule another time',
    wishes.refused?.value && 'refused, does not want the parcel',
    wishes.optOut?.value && 'opt out, no more calls',
    wishes.callAhead?.value && 'call ahead before arrival',
    wishes.needsHuman?.value && 'needs a person',
    wishes.urgent?.value && 'urgent',
    wishes.sentiment?.value === 'negative' && 'complaint, unhappy customer',
    ...(wishes.hazards?.value ?? []).map((hazard) => `beware of ${spoken(hazard)}`),
    ...(wishes.handling?.value ?? []).map(spoken),
  ];
  return parts
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .join('; ')
    .slice(0, MOST_CHARACTERS);
}
