export { READERS_LANGUAGES, replyText, textToCustomer, type ReplyKind, type TextReason } from './compose.js';
export { keyedAnswer } from './keyed-answer.js';
