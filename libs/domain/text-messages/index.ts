export { parseAnswer } from './answer.js';
export {
  TEXT_LANGUAGES,
  composeReply,
  composeText,
  isAskBackReason,
  type ReplyKind,
  type TextReason,
} from './compose.js';
export { parseKeyedAnswer } from './keyed-answer.js';
export {
  ASKED_DECISIONS,
  CONFIRMATION_STATES,
  type AskBackReason,
  type AskedDecision,
  type ConfirmationState,
} from './text-message.values.js';
