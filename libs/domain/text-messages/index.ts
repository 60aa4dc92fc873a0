export { TEXT_LANGUAGES, composeReply, composeText, type ReplyKind, type TextReason } from './compose.js';
export { keyedAnswer } from './keyed-answer.js';
