/** The weekdays in the order of ISO 8601; Monday is day 1. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Whether the text is the name of a weekday. */
export const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text);
