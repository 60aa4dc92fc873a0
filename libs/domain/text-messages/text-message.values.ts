/**
 * Why a text is sent to a customer: they could not be reached by phone, are not called at all, or the call left
 * something open and announced a text.
 */
export const TEXT_REASONS = ['unreachable', 'not_called', 'follow_up'] as const;
export type TextReason = (typeof TEXT_REASONS)[number];

/** The audiences of messages. */
export const MESSAGE_AUDIENCES = ['agent', 'customer'] as const;
export type MessageAudience = (typeof MESSAGE_AUDIENCES)[number];
