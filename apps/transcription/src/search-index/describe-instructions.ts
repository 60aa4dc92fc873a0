import type { Instructions } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';

/** Maximum length of a description in UTF-16 code units. */
const MAX_LENGTH = 2000;

const toWords = (name: string): string => name.replaceAll('_', ' ');

/** Describes instructions as a text for the search index, in the words that users search for. Omits access codes. */
export function describeInstructions(instructions: Instructions): string {
  const masked = withoutAccessCodes(instructions);
  const { safePlace, recipient } = masked;
  const parts = [
    ...(safePlace ? [`leave at ${toWords(safePlace.value)}`, safePlace.text] : []),
    ...(recipient ? [`for ${recipient.value.name ?? 'somebody else'}`, recipient.value.unit] : []),
    ...(masked.excludedPlaces?.value ?? []).map(({ place, text }) => `not at ${toWords(place)}, ${text}`),
    ...(masked.conditions?.value ?? []).map(({ text }) => text),
    masked.accessCode && 'access code',
    masked.reschedule && 'reschedule another time',
    masked.refused?.value && 'refused, does not want the parcel',
    masked.optOut?.value && 'opt out, no more calls',
    masked.callAhead?.value && 'call ahead before arrival',
    masked.needsHuman?.value && 'needs a person',
    masked.urgent?.value && 'urgent',
    masked.sentiment?.value === 'negative' && 'complaint, unhappy customer',
    ...(masked.hazards?.value ?? []).map((hazard) => `beware of ${toWords(hazard)}`),
    ...(masked.handling?.value ?? []).map(toWords),
  ];
  return parts
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .join('; ')
    .slice(0, MAX_LENGTH);
}
