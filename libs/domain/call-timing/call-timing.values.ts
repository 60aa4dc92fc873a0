/**
 * What an organization chose to do about a customer who hangs up during the first words of a call:
 *
 * - `another_day`: one more call, on another day of the customer's at the earliest.
 * - `later_once`: one more call, some hours later at the earliest, the same day too.
 * - `text`: no further call; the customer is asked by text, where the organization sends texts.
 * - `no_more_calls`: no further call and no text that asks.
 */
export const EARLY_HANG_UP_CHOICES = ['another_day', 'later_once', 'text', 'no_more_calls'] as const;
export type EarlyHangUpChoice = (typeof EARLY_HANG_UP_CHOICES)[number];

export const DAY_TYPES = ['weekday', 'weekend'] as const;
export type DayType = (typeof DAY_TYPES)[number];
