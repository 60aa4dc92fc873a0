/** By ISO 8601: Monday is the first, 1. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text);
