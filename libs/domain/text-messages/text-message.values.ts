/**
 * Why a customer receives a text. `unreachable`: no call reached the customer. `not_called`: no call was placed.
 * `follow_up`: a call promised a text, because the customer wants to talk to a person or to reschedule.
 * `confirm_refusal`, `confirm_reschedule`: an ask-back, because the customer wrote something that cannot be undone.
 */
export const TEXT_REASONS = [
  'unreachable',
  'not_called',
  'follow_up',
  'confirm_refusal',
  'confirm_reschedule',
] as const;
export type TextReason = (typeof TEXT_REASONS)[number];
/** The reasons of ask-backs. */
export type AskBackReason = Extract<TextReason, `confirm_${string}`>;

/** The decisions that a customer's text never settles by itself: each is asked back. */
export const ASKED_DECISIONS = ['refused', 'reschedule'] as const;
export type AskedDecision = (typeof ASKED_DECISIONS)[number];

/**
 * The states of a confirmation. `awaited`: the customer has been, or is about to be, asked. `unanswered`: no answer came
 * in time, or the customer could not be asked; a dispatcher decides, and a late answer still counts. `confirmed` and
 * `declined`: the customer's answer.
 */
export const CONFIRMATION_STATES = ['awaited', 'unanswered', 'confirmed', 'declined'] as const;
/** The states of a confirmation that the customer has not answered. */
export const OPEN_CONFIRMATION_STATES = ['awaited', 'unanswered'] as const satisfies ConfirmationState[];
export type ConfirmationState = (typeof CONFIRMATION_STATES)[number];

/** The recipients of a text message. */
export const MESSAGE_AUDIENCES = ['agent', 'customer'] as const;
export type MessageAudience = (typeof MESSAGE_AUDIENCES)[number];
