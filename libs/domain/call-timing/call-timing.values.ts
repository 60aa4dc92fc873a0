/**
 * What an organization chose to do when a customer hangs up during the first words of a call:
 *
 * - `another_day`: one more call, on another local day of the customer at the earliest.
 * - `later_once`: one more call, some hours later at the earliest, possibly on the same day.
 * - `text`: no further call; the customer is asked by text, if the organization sends texts.
 * - `no_more_calls`: no further call, and no question by text.
 */
export const EARLY_HANG_UP_CHOICES = ['another_day', 'later_once', 'text', 'no_more_calls'] as const;
export type EarlyHangUpChoice = (typeof EARLY_HANG_UP_CHOICES)[number];

/** The types of day that contact rates are distinguished by. */
export const DAY_TYPES = ['weekday', 'weekend'] as const;
export type DayType = (typeof DAY_TYPES)[number];
