/**
 * Why a customer receives a text. `unreachable`: no call reached the customer. `not_called`: no call was placed.
 * `follow_up`: a call promised a text, because the customer wants to talk to a person or to reschedule.
 */
export const TEXT_REASONS = ['unreachable', 'not_called', 'follow_up'] as const;
export type TextReason = (typeof TEXT_REASONS)[number];

/** The recipients of a text message. */
export const MESSAGE_AUDIENCES = ['agent', 'customer'] as const;
export type MessageAudience = (typeof MESSAGE_AUDIENCES)[number];
