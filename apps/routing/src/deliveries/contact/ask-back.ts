import type { Instructions, TimeWindow } from '#libs/contracts/index.js';
import type { AskedDecision } from '#libs/domain/text-messages/index.js';

/** A wish in a customer's text that cannot be undone once it is applied. The customer is asked to confirm it. */
export interface Wish {
  readonly decision: AskedDecision;
  /** For `reschedule`: absent if the customer wants another time but names none. */
  readonly window?: TimeWindow;
}

/**
 * Minimum confidence, 0 to 1, at which a wish is asked back. It is lower than the one at which words change a delivery,
 * because a question does no harm, and a wish that is not asked back is lost.
 */
const MIN_ASK_BACK_CONFIDENCE = 0.5;

/**
 * Finds the wish in the analysis of a text. If it contains both, the more confident one counts, and between equals the
 * other time, which can be corrected more easily than a parcel that was sent back.
 * @param instructions the analysis, after `withoutPastWindow`
 */
export function findWish({ refused, reschedule }: Instructions): Wish | undefined {
  const refusal = isWish(refused) && refused.value ? refused : undefined;
  const move = isWish(reschedule) ? reschedule : undefined;
  if (move && move.confidence >= (refusal?.confidence ?? 0)) {
    const { to } = move.value;
    return { decision: 'reschedule', ...(to ? { window: to } : {}) };
  }
  return refusal && { decision: 'refused' };
}

type WishFinding = NonNullable<Instructions['refused' | 'reschedule']>;

const isWish = <F extends WishFinding>(finding: F | undefined): finding is F =>
  finding !== undefined && finding.source === 'analysis' && finding.confidence >= MIN_ASK_BACK_CONFIDENCE;

export const isSameWish = (one: Wish, other: Wish): boolean => toWishKey(one) === toWishKey(other);

/**
 * Reduces a requested window that is over to "another time is wanted": it was misread, or there is no use in asking.
 * @param at when the customer asked for the window or confirmed it, ISO 8601
 */
export function withoutPastWindow(instructions: Instructions, at: string): Instructions {
  const to = instructions.reschedule?.value.to;
  if (!instructions.reschedule || !to || Date.parse(to.end) > Date.parse(at)) return instructions;
  return { ...instructions, reschedule: { ...instructions.reschedule, value: { to: null } } };
}

/** Returns what the customer decided by confirming the wish, as if they had keyed it. */
export function toConfirmedInstructions(wish: Wish, confirmedAt: string): Instructions {
  const certain = { source: 'keys', confidence: 1 } as const;
  if (wish.decision === 'refused') return { refused: { value: true, ...certain }, complexity: 1 };
  const reschedule = { value: { to: wish.window ?? null }, ...certain };
  return withoutPastWindow({ reschedule, complexity: 1 }, confirmedAt);
}

const ASK_BACK_ID = /^txt_ask\.[a-z0-9-]+\.(.+)$/;

/**
 * Returns the id of the text that asks a wish back. It depends on the message and on the wish alone: a repeated request
 * is sent once, and the answer to a text never confirms a wish that the text did not ask about.
 */
export const toAskBackId = (messageId: string, wish: Wish): string => `txt_ask.${toWishKey(wish)}.${messageId}`;

/** Returns the id of the message that a text asks back; `undefined` if the text is no ask-back. */
export const parseAskBackId = (textId: string): string | undefined => ASK_BACK_ID.exec(textId)?.[1];

const toWishKey = ({ decision, window }: Wish): string =>
  window ? `${decision}-${Date.parse(window.start)}-${Date.parse(window.end)}` : decision;
