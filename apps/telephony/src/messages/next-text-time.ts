import type { CustomerContact } from '#libs/contracts/index.js';
import { DEFAULT_CALLING_RULES, findLawfulWindows, withOrganizationHours } from '#libs/domain/calling-rules/index.js';

/** Reason for not sending a text that has no lawful time before it expires. */
export const TOO_LATE_REASON = 'no lawful hour is left before an answer is too late';

/**
 * Finds the next time when a customer may be texted. Calling hours apply to texts as well (47 CFR 64.1200(c)(1)).
 * @returns `now` if it is lawful, else the next lawful time; `undefined` if the request expires before that time
 */
export function findNextTextTime(contact: CustomerContact, now: Date): Date | undefined {
  const to = new Date(contact.expiresAt);
  if (to <= now) return undefined;
  const hours = { open: contact.callsFromMinute, close: contact.callsUntilMinute };
  const rules = withOrganizationHours(DEFAULT_CALLING_RULES, hours, contact.daysOff);
  return findLawfulWindows({ zones: contact.candidateZones, rules, from: now, to })[0]?.start;
}
