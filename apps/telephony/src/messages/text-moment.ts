import type { CustomerContact } from '#libs/contracts/index.js';
import { DEFAULT_CALLING_RULES, lawfulWindows, withOrganisationHours } from '#libs/domain/calling-rules/index.js';

/** Why a text is not sent for which there is no moment. */
export const TOO_LATE = 'no lawful hour is left before an answer is too late';

/**
 * When a customer may be written to: a phone that buzzes is as quiet at night as one that rings (47 CFR 64.1200(c)(1) holds for
 * texts, too).
 * @returns `now` where it is allowed, else the next such moment; `undefined` where none comes before an answer is too late
 */
export function textMoment(contact: CustomerContact, now: Date): Date | undefined {
  const to = new Date(contact.expiresAt);
  if (to <= now) return undefined;
  const hours = { open: contact.callsFromMinute, close: contact.callsUntilMinute };
  const rules = withOrganisationHours(DEFAULT_CALLING_RULES, hours, contact.daysOff);
  return lawfulWindows({ zones: contact.candidateZones, rules, from: now, to })[0]?.start;
}
