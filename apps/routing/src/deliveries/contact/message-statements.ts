import { splitInstructions, type Instructions } from '#libs/contracts/index.js';
import type { MessageFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import { toConfirmedInstructions, withoutPastWindow } from './ask-back.js';
import { withoutFields } from './merge-instructions.js';
import type { Confirmation, MessageRole } from './trace-confirmations.js';

/** Instructions that the customer keyed, said or wrote at one time, with the words. */
export interface Statement {
  readonly instructions: Instructions;
  /** Names of the fields to remove from the earlier instructions: by a reviewer, or by the customer's answer. */
  readonly removed?: readonly string[];
  readonly text?: string;
}

/**
 * Converts a text message to statements. A clear answer to an ask-back states what it confirms and nothing else; the
 * customer's words remain those of the wish.
 * @param at when the message was received, ISO 8601
 */
export function toMessageStatements(message: MessageFacts, at: string, role: MessageRole | undefined): Statement[] {
  if (role?.kind === 'answer') return toAnswerStatements(role, at);
  const { text, chosen, words } = message;
  return [
    ...(chosen ? [{ instructions: chosen, ...(text === undefined ? {} : { text }) }] : []),
    ...(words ? [{ ...words, instructions: toWishInstructions(withoutPastWindow(words.instructions, at), role) }] : []),
  ];
}

function toAnswerStatements(
  { isYes, confirmation }: Extract<MessageRole, { readonly kind: 'answer' }>,
  at: string,
): Statement[] {
  if (!confirmation) return [];
  // The ask-back promises that after a no the delivery is made as planned, also if the customer had refused it before.
  if (!isYes) return [{ instructions: { complexity: 1 }, removed: ['refused'] }];
  const { wish } = confirmation;
  const removed = wish.decision === 'reschedule' ? ['refused'] : [];
  return [{ instructions: toConfirmedInstructions(wish, at), removed }];
}

function toWishInstructions(instructions: Instructions, role: MessageRole | undefined): Instructions {
  if (role?.kind !== 'wish') return instructions;
  const { confirmation } = role;
  return isDropped(confirmation)
    ? (withoutFields(instructions, ['refused', 'reschedule']) ?? instructions)
    : withConfirmationState(instructions, confirmation);
}

/** Whether the wish has no effect any more: the customer withdrew or replaced it, or their answer states it. */
const isDropped = ({ state, isReplaced }: Confirmation): boolean =>
  isReplaced || state === 'confirmed' || state === 'declined';

/** Adds to the finding that the customer was asked, so that the agent learns it with the instructions. */
function withConfirmationState(instructions: Instructions, { wish, state }: Confirmation): Instructions {
  if (state !== 'awaited' && state !== 'unanswered') return instructions;
  const { rating, findings } = splitInstructions(instructions);
  const { refused, reschedule } = findings;
  if (wish.decision === 'refused')
    return { ...rating, ...findings, ...(refused ? { refused: { ...refused, confirmation: state } } : {}) };
  return { ...rating, ...findings, ...(reschedule ? { reschedule: { ...reschedule, confirmation: state } } : {}) };
}
