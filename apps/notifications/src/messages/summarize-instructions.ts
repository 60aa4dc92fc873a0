import { hasCustomerInstructions, type Instructions } from '#libs/contracts/index.js';

type Place = NonNullable<Instructions['safePlace']>['value'];

const PLACE_TEXTS: Record<Place, string> = {
  front_door: 'Leave it at the front door',
  back_door: 'Leave it at the back door',
  side_door: 'Leave it at the side door',
  porch: 'Leave it on the porch',
  garage: 'Leave it in the garage',
  shed: 'Leave it in the shed',
  mailbox: 'Leave it in the mailbox',
  reception: 'Leave it at reception',
  concierge: 'Leave it with the concierge',
  locker: 'Leave it in the locker',
  neighbour: 'Leave it with a neighbor',
  gate: 'Leave it at the gate',
  balcony: 'Leave it on the balcony',
  car: 'Leave it in the car',
  other: 'Leave it where the customer says in the app',
};

const EXCLUDED_PLACE_TEXTS: Record<Place, string> = {
  front_door: 'NOT at the front door',
  back_door: 'NOT at the back door',
  side_door: 'NOT at the side door',
  porch: 'NOT on the porch',
  garage: 'NOT in the garage',
  shed: 'NOT in the shed',
  mailbox: 'NOT in the mailbox',
  reception: 'NOT at reception',
  concierge: 'NOT with the concierge',
  locker: 'NOT in the locker',
  neighbour: 'NOT with a neighbor',
  gate: 'NOT at the gate',
  balcony: 'NOT on the balcony',
  car: 'NOT in the car',
  other: 'One place is ruled out, see the app',
};

const HAZARD_TEXTS: Record<NonNullable<Instructions['hazards']>['value'][number], string> = {
  dog: 'Dog',
  ice: 'Ice on the way',
  stairs: 'Stairs',
  gate: 'Mind the gate',
  other: 'A hazard, see the app',
};

const HANDLING_TEXTS: Record<NonNullable<Instructions['handling']>['value'][number], string> = {
  fragile: 'Fragile',
  signature: 'Needs a signature',
  leave_unattended_forbidden: 'Do not leave it unattended',
  ring_bell: 'Ring the bell',
  do_not_ring: 'Do not ring the bell',
  other: 'Special handling, see the app',
};

const MAX_CHARACTERS = 300;

/**
 * Summarizes instructions in one line, short enough for a push or an SMS. An SMS is not encrypted, so the line never
 * contains an access code or the customer's free text, which may contain one. Those are shown only in the app.
 * @param isReached whether the customer answered
 * @param usualPlace where parcels are usually left for this customer; mentioned if the customer gave no instructions
 */
export function summarizeInstructions(
  instructions: Instructions | undefined,
  isReached: boolean,
  usualPlace?: Place,
): string {
  const usualPlaceText = usualPlace === undefined ? '' : ` Usually: ${PLACE_TEXTS[usualPlace].toLowerCase()}.`;
  if (!instructions || !hasCustomerInstructions(instructions)) {
    const text = isReached
      ? 'The customer has no special wishes; deliver as planned.'
      : 'The customer was not reached; deliver as planned.';
    return text + usualPlaceText;
  }
  const parts = [
    ...summarizePlaceAndRecipient(instructions),
    ...(instructions.excludedPlaces?.value ?? []).map(({ place }) => EXCLUDED_PLACE_TEXTS[place]),
    ...summarizeTimes(instructions),
    ...(instructions.hazards?.value ?? []).map((hazard) => HAZARD_TEXTS[hazard]),
    ...(instructions.handling?.value ?? []).map((handling) => HANDLING_TEXTS[handling]),
    ...(instructions.urgent?.value ? ['It is urgent'] : []),
    ...(instructions.conditions?.value.length ? ['Under a condition, see the app'] : []),
    ...(instructions.questions?.value.length ? ['Something is unclear, ask the customer'] : []),
    ...(instructions.needsHuman?.value ? ['The customer needs a person to talk to'] : []),
  ];
  if (parts.length === 0) return 'The customer’s wishes are in the app.';
  const line = `${[...new Set(parts)].join('. ')}.`;
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS - 1)}…`;
}

function summarizePlaceAndRecipient({ refused, present, safePlace, recipient, accessCode }: Instructions): string[] {
  return [
    ...(refused?.value ? [summarizeRefusal(refused)] : []),
    ...(safePlace ? [PLACE_TEXTS[safePlace.value]] : []),
    ...(recipient ? ['Another person takes it, see the app'] : []),
    ...(accessCode ? [`${safePlace?.value === 'gate' ? 'Gate' : 'Access'} code in the app`] : []),
    ...(present && !safePlace && !recipient ? [present.value ? 'Somebody will be there' : 'Nobody will be there'] : []),
  ];
}

function summarizeRefusal({ source, confirmation }: NonNullable<Instructions['refused']>): string {
  if (source !== 'analysis') return 'The customer refuses it';
  return confirmation === 'awaited'
    ? 'The customer may not want it, we asked and wait for the answer'
    : 'The customer may not want it, ask';
}

const summarizeReschedule = ({ confirmation }: NonNullable<Instructions['reschedule']>): string =>
  confirmation === 'awaited' ? 'May want another time, we asked and wait for the answer' : 'Wants another time';

function summarizeTimes({ present, safePlace, ...instructions }: Instructions): string[] {
  const { availability, unavailable, reschedule, callAhead } = instructions;
  // Times do not matter to an agent who may leave it in a place while the customer is away.
  const isAwayWithPlace = present?.value === false && safePlace !== undefined;
  const hasTimes = Boolean(availability?.value.length) || Boolean(unavailable?.value.length);
  return [
    ...(hasTimes && !isAwayWithPlace ? ['Only at certain times, see the app'] : []),
    ...(reschedule ? [summarizeReschedule(reschedule)] : []),
    ...(callAhead?.value ? ['Call before arrival'] : []),
  ];
}
