import {
  DEFAULT_CALLING_RULES,
  withOrganizationHours,
  type CallingRules,
  type CustomerCallStatus,
} from '#libs/domain/calling-rules/index.js';
import { DEFAULT_LEGAL_BASIS } from '../customers/customers.module.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';

export const getLegalBasis = (delivery: DeliveryDocument): 'consent' | 'delivery_notice' =>
  delivery.customer.legalBasis ?? DEFAULT_LEGAL_BASIS;

/** Returns the legal calling rules, narrowed by the organization's calling hours and number of attempts. */
export function toCallingRules(profile: OrganizationProfileDocument): CallingRules {
  const hours = { open: profile.callsFromMinute, close: profile.callsUntilMinute };
  const narrowed = withOrganizationHours(DEFAULT_CALLING_RULES, hours, profile.daysOff);
  const toCap = (basis: 'consent' | 'delivery_notice'): { perDelivery: number; perDay: number } => ({
    ...narrowed.caps[basis],
    perDelivery: Math.min(narrowed.caps[basis].perDelivery, profile.maxAttemptsPerDelivery),
  });
  return { ...narrowed, caps: { consent: toCap('consent'), delivery_notice: toCap('delivery_notice') } };
}

/** Number of attempts in which the customer's phone may have rung. */
export const countRungAttempts = (delivery: DeliveryDocument): number => delivery.attempts - delivery.unrungAttempts;

export function toCallStatus(
  delivery: DeliveryDocument,
  customer: CustomerDocument,
  dayStart: Date,
): CustomerCallStatus {
  return {
    doNotCall: customer.doNotCall,
    legalBasis: getLegalBasis(delivery),
    attemptsForDelivery: countRungAttempts(delivery),
    attemptsToday: customer.recentAttempts.filter((at) => at >= dayStart).length,
  };
}

/** Explanations of why no call is made, by rule. Published with `CallWithheld`. */
export const WITHHELD_DETAILS = {
  do_not_call: 'the customer asked not to be called',
  prefers_text: 'the customer prefers texts to calls',
  attempt_cap_total: 'the customer has been called as often as is allowed for one delivery',
  deadline_passed: 'an answer would come too late to help',
  no_lawful_time_before_deadline: 'there is no permitted calling time left before the deadline',
} as const;
export type WithheldRule = keyof typeof WITHHELD_DETAILS;

/** Finds the rule that forbids any call to this customer about this delivery, at any time. */
export function findViolatedRule(
  delivery: DeliveryDocument,
  doNotCall: boolean,
  rules: CallingRules,
): WithheldRule | undefined {
  if (doNotCall) return 'do_not_call';
  if (delivery.customer.channel === 'text') return 'prefers_text';
  const isCapped = countRungAttempts(delivery) >= rules.caps[getLegalBasis(delivery)].perDelivery;
  return isCapped ? 'attempt_cap_total' : undefined;
}

/** Returns the IANA time zone in which times are stated to this customer. */
export function getCustomerZone(delivery: DeliveryDocument, profile: OrganizationProfileDocument): string {
  return delivery.customer.zone ?? delivery.candidateZones[0] ?? profile.zone;
}
