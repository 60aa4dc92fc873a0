export { TEXT_LANGUAGES as READERS_LANGUAGES, composeReply as replyText, composeText as textToCustomer, type ReplyKind, type TextReason } from './compose.js';
export { keyedAnswer } from './keyed-answer.js';
