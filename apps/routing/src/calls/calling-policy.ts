import { planCall } from '#libs/domain/call-timing/index.js';
import {
  DEFAULT_CALLING_RULES,
  lawfulWindows,
  withOrganisationHours,
  type CallingRules,
  type CustomerCallStatus,
} from '#libs/domain/calling-rules/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/organization-profiles.js';

/** The legal basis a partner who states none relies on: a notice about a parcel on its way, with the tighter limits. */
export const DEFAULT_LEGAL_BASIS = 'delivery_notice';

export const legalBasisOf = (delivery: DeliveryDocument): 'consent' | 'delivery_notice' =>
  delivery.customer.legalBasis ?? DEFAULT_LEGAL_BASIS;

/** The law, narrowed by the organisation's own hours and number of attempts. */
export function rulesFor(profile: OrganizationProfileDocument): CallingRules {
  const hours = { open: profile.callsFromMinute, close: profile.callsUntilMinute };
  const narrowed = withOrganisationHours(DEFAULT_CALLING_RULES, hours, profile.daysOff);
  const cap = (basis: 'consent' | 'delivery_notice'): { perDelivery: number; perDay: number } => ({
    ...narrowed.caps[basis],
    perDelivery: Math.min(narrowed.caps[basis].perDelivery, profile.maxAttemptsPerDelivery),
  });
  return { ...narrowed, caps: { consent: cap('consent'), delivery_notice: cap('delivery_notice') } };
}

/** Attempts at which a phone may have rung. */
export const rungAttempts = (delivery: DeliveryDocument): number => delivery.attempts - delivery.unrungAttempts;

export function callStatusOf(
  delivery: DeliveryDocument,
  customer: CustomerDocument,
  dayStart: Date,
): CustomerCallStatus {
  return {
    doNotCall: customer.doNotCall,
    legalBasis: legalBasisOf(delivery),
    attemptsForDelivery: rungAttempts(delivery),
    attemptsToday: customer.recentAttempts.filter((at) => at >= dayStart).length,
  };
}

export type NextCall =
  | { readonly kind: 'planned'; readonly at: Date; readonly reason: string }
  | { readonly kind: 'withheld'; readonly rule: string; readonly detail: string };

/** Why no call is made, by rule. */
export const WITHHELD = {
  do_not_call: 'the customer asked not to be called',
  prefers_text: 'the customer wishes not to be rung',
  attempt_cap_total: 'the customer has been rung as often as is allowed for one delivery',
  deadline_passed: 'an answer would come too late to help',
  no_lawful_time_before_deadline: 'there is no hour left at which the customer may be called before it is too late',
} as const;

/**
 * When this customer is called next for this delivery, or the rule by which they are not.
 * @param notBefore e.g. the end of the wait after an unanswered call
 */
export function decideNextCall(query: {
  delivery: DeliveryDocument;
  doNotCall: boolean;
  profile: OrganizationProfileDocument;
  now: Date;
  notBefore: Date;
}): NextCall {
  const { delivery, profile, now } = query;
  const withheld = (rule: keyof typeof WITHHELD): NextCall => ({ kind: 'withheld', rule, detail: WITHHELD[rule] });
  const rules = rulesFor(profile);
  if (query.doNotCall) return withheld('do_not_call');
  if (delivery.customer.channel === 'text') return withheld('prefers_text');
  if (rungAttempts(delivery) >= rules.caps[legalBasisOf(delivery)].perDelivery) return withheld('attempt_cap_total');
  const from = query.notBefore > now ? query.notBefore : now;
  if (delivery.decideBy <= from) return withheld('deadline_passed');
  const plan = planCall({
    now: from,
    deadline: delivery.decideBy,
    lawful: lawfulWindows({ zones: delivery.candidateZones, rules, from, to: delivery.decideBy }),
    statedWindows: delivery.customer.callWindows,
    attempt: delivery.attempts + 1,
    zone: zoneOf(delivery, profile),
  });
  return plan.impossible ? withheld(plan.reason) : { kind: 'planned', at: plan.at, reason: plan.reason };
}

/** The zone in which times are spoken to this customer. */
export function zoneOf(delivery: DeliveryDocument, profile: OrganizationProfileDocument): string {
  return delivery.customer.zone ?? delivery.candidateZones[0] ?? profile.zone;
}
