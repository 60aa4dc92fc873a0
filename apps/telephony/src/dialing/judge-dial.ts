import { DEFAULT_CALLING_RULES, mayDial, withOrganizationHours } from '#libs/domain/calling-rules/index.js';
import type { StoredRefusal } from '#libs/persistence/schemas/telephony/call-logs.js';
import type { CallLog } from '../call-log/call-log.module.js';

/** The conditions under which an attempt is judged. */
export interface DialConditions {
  readonly now: Date;
  /** Whether the number opted out of calls from this organization or from all organizations. */
  readonly isSuppressed: boolean;
  readonly queueMarginSeconds: number;
  readonly ringSeconds: number;
}

export type DialJudgment = { readonly kind: 'dial' } | { readonly kind: 'refuse'; readonly refusal: StoredRefusal };

/**
 * Judges whether an attempt may be dialed now, under the law and the calling hours that routing sent with the request.
 */
export function judgeDial({ request }: CallLog, conditions: DialConditions): DialJudgment {
  const { now, isSuppressed, queueMarginSeconds, ringSeconds } = conditions;
  if (now.getTime() >= Date.parse(request.expiresAt)) {
    const detail = `the request expired at ${request.expiresAt}`;
    return { kind: 'refuse', refusal: { rule: 'expired', detail } };
  }
  const decision = mayDial({
    now,
    zones: request.candidateZones,
    rules: withOrganizationHours(
      DEFAULT_CALLING_RULES,
      { open: request.callsFromMinute, close: request.callsUntilMinute },
      request.daysOff,
    ),
    status: {
      doNotCall: isSuppressed,
      legalBasis: request.legalBasis,
      attemptsForDelivery: request.attemptsForDelivery,
      attemptsToday: request.attemptsToday,
    },
    queueMarginSeconds,
    ringSeconds,
  });
  if (decision.allowed) return { kind: 'dial' };
  const { rule, detail, nextAllowedAt } = decision;
  return { kind: 'refuse', refusal: { rule, detail, ...(nextAllowedAt ? { nextAllowedAt } : {}) } };
}
