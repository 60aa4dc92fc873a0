export { TEXT_LANGUAGES, composeReply, composeText, type ReplyKind, type TextReason } from './compose.js';
export { parseKeyedAnswer } from './keyed-answer.js';
