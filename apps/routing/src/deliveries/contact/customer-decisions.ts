import { isCertain, type Instructions, type TimeWindow } from '#libs/contracts/index.js';

/**
 * Minimum confidence, 0 to 1, at which words change the delivery without a review. It is higher than for information
 * for the agent, as these decisions end a plan or the contact with a customer. Keyed input and reviews are always
 * certain.
 */
const MIN_CONFIDENCE = { optOut: 0.75, reschedule: 0.7, refused: 0.8 } as const;

/**
 * Decisions that cannot be undone once they are applied. The analysis of words alone never decides them: the
 * customer confirms them in the call, or a dispatcher in a review. An opt-out counts at once, because a call too many
 * does more harm.
 */
const NEEDS_CONFIRMATION: ReadonlySet<keyof typeof MIN_CONFIDENCE> = new Set(['reschedule', 'refused']);

export interface CustomerDecisions {
  readonly optOut: boolean;
  readonly refused: boolean;
  /** `window` is absent if the customer wants another time but names none. */
  readonly reschedule?: { readonly window?: TimeWindow };
}

/** Extracts the decisions that change the state of the delivery, not only how it is delivered. */
export function toCustomerDecisions(instructions: Instructions): CustomerDecisions {
  const isDecided = (field: keyof typeof MIN_CONFIDENCE): boolean => {
    const finding = instructions[field];
    if (finding === undefined) return false;
    if (finding.source === 'analysis' && NEEDS_CONFIRMATION.has(field)) return false;
    return isCertain(finding.source) || finding.confidence >= MIN_CONFIDENCE[field];
  };
  const optOut = isDecided('optOut') && instructions.optOut?.value === true;
  const refused = isDecided('refused') && instructions.refused?.value === true;
  // A customer who keyed in that they will be present does not want another day.
  const isPresenceConfirmed =
    instructions.present?.source === 'keys' &&
    instructions.present.value &&
    !isCertain(instructions.reschedule?.source ?? 'analysis');
  if (!isDecided('reschedule') || isPresenceConfirmed) return { optOut, refused };
  const to = instructions.reschedule?.value.to;
  return { optOut, refused, reschedule: to ? { window: to } : {} };
}
