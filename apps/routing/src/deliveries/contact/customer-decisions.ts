import { isCertain, type Instructions, type TimeWindow } from '#libs/contracts/index.js';

/**
 * How sure a spoken decision must be before it changes the delivery by itself: what ends a plan or a relation asks for
 * more than what only informs the agent. A key pressed is always sure, and so is a person.
 */
const SURE_ENOUGH = { optOut: 0.75, reschedule: 0.7, refused: 0.8 } as const;

export interface CustomerDecisions {
  readonly optOut: boolean;
  readonly refused: boolean;
  /** `window` is absent when another time is wanted without saying which. */
  readonly reschedule?: { readonly window?: TimeWindow };
}

/** What of the customer's wishes changes the delivery's life, not only how it is delivered. */
export function customerDecisions(instructions: Instructions): CustomerDecisions {
  const decided = (field: keyof typeof SURE_ENOUGH): boolean => {
    const finding = instructions[field];
    return finding !== undefined && (isCertain(finding.source) || finding.confidence >= SURE_ENOUGH[field]);
  };
  const optOut = decided('optOut') && instructions.optOut?.value === true;
  const refused = decided('refused') && instructions.refused?.value === true;
  // Somebody who keyed that they will be there has not asked for another day.
  const stays =
    instructions.present?.source === 'keys' &&
    instructions.present.value &&
    !isCertain(instructions.reschedule?.source ?? 'analysis');
  if (!decided('reschedule') || stays) return { optOut, refused };
  const to = instructions.reschedule?.value.to;
  return { optOut, refused, reschedule: to ? { window: to } : {} };
}
