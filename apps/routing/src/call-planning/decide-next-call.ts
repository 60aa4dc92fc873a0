import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { planCall, planSampledCall, type AttemptBudget, type CallPlan } from '#libs/domain/call-timing/index.js';
import { getCallingDayStart, findLawfulWindows, type CallingRules } from '#libs/domain/calling-rules/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { ContactModels, toSegment } from '../call-timing/call-timing.module.js';
import { RoutingConfig } from '../config/config.module.js';
import {
  toCallStatus,
  findViolatedRule,
  HUNG_UP_EARLY,
  decideAfterEarlyHangUp,
  getLegalBasis,
  toCallingRules,
  countRungAttempts,
  WITHHELD_DETAILS,
  type WithheldRule,
  getCustomerZone,
} from '../calling-policy/calling-policy.module.js';
import type { NextCall } from './next-call.js';

export interface NextCallQuery {
  readonly delivery: DeliveryDocument;
  readonly customer: CustomerDocument;
  readonly profile: OrganizationProfileDocument;
  readonly now: Date;
  /** Earliest start of the call, such as the end of the delay after an unanswered call. */
  readonly notBefore: Date;
}

const MINUTES_PER_HOUR = 60;

/** Returns the maximum time from the dial until the phone stops ringing, in milliseconds. */
export const toMaxRingMs = ({ DIAL_QUEUE_SECONDS, RING_SECONDS }: RoutingConfig): number =>
  (DIAL_QUEUE_SECONDS + RING_SECONDS) * 1000;

/** Decides when a customer is called next about a delivery, or which rule forbids it. Stores nothing. */
@Injectable()
export class DecideNextCall {
  constructor(
    private readonly contactModels: ContactModels,
    private readonly config: RoutingConfig,
  ) {}

  async execute({ delivery, customer, profile, now, notBefore }: NextCallQuery): Promise<NextCall> {
    const rules = toCallingRules(profile);
    const violatedRule = findViolatedRule(delivery, customer.doNotCall, rules);
    if (violatedRule) return toWithheldCall(violatedRule);
    const hangUpDecision = decideAfterEarlyHangUp(delivery, profile, this.config.RETRY_HUNG_UP_EARLY_SECONDS * 1000);
    if (hangUpDecision?.callAgain === false)
      return { kind: 'withheld', rule: HUNG_UP_EARLY, detail: hangUpDecision.why };
    const hangUpReason = hangUpDecision?.why;
    const from = new Date(Math.max(now.getTime(), notBefore.getTime(), hangUpDecision?.notBefore.getTime() ?? 0));
    if (delivery.decideBy <= from) return toWithheldCall('deadline_passed', hangUpReason);
    const ringMs = toMaxRingMs(this.config);
    // A call may start until `decideBy` and then ring for `ringMs`, so the lawful windows must extend to that time.
    const to = new Date(delivery.decideBy.getTime() + ringMs);
    const { plan, propensity } = await this.planWithModel(delivery, {
      now: from,
      deadline: delivery.decideBy,
      lawful: findLawfulWindows({ zones: delivery.candidateZones, rules, from, to }),
      ringMs,
      statedWindows: delivery.customer.callWindows,
      attempt: delivery.attempts + 1,
      budget: this.toBudget(delivery, customer, rules, from),
      zone: getCustomerZone(delivery, profile),
      spread: toSpread(delivery),
    });
    if (plan.impossible) return toWithheldCall(plan.reason, hangUpReason);
    const { at, reason, chance } = plan;
    return {
      kind: 'planned',
      at,
      reason: hangUpReason === undefined ? reason : `${hangUpReason}. ${reason}`,
      ...(chance === undefined ? {} : { chance }),
      ...(propensity === undefined ? {} : { propensity }),
    };
  }

  /** Plans the call with the organization's contact model. Without a model, all hours are rated as equally good. */
  private async planWithModel(
    delivery: DeliveryDocument,
    query: Omit<Parameters<typeof planCall>[0], 'chances'>,
  ): Promise<{ readonly plan: CallPlan; readonly propensity?: number }> {
    const model = await this.contactModels.getModel(parseOrganizationId(delivery.organizationId));
    if (!model) return { plan: planCall(query) };
    const callee = { customer: delivery.customerId, segment: toSegment(delivery.customer) };
    return planSampledCall(query, () => model.toHourChances(callee, Math.random));
  }

  private toBudget(
    delivery: DeliveryDocument,
    customer: CustomerDocument,
    rules: CallingRules,
    from: Date,
  ): AttemptBudget {
    const { perDelivery, perDay } = rules.caps[getLegalBasis(delivery)];
    const zones = delivery.candidateZones;
    // Without a known zone there is no calling day, and no time is lawful.
    const attemptsToday =
      zones.length === 0 ? 0 : toCallStatus(delivery, customer, getCallingDayStart(from, zones)).attemptsToday;
    return {
      // At most one more call rings after an early hang-up.
      callsLeft: delivery.earlyHangUps ? 1 : perDelivery - countRungAttempts(delivery),
      perDay,
      callsLeftToday: Math.max(0, perDay - attemptsToday),
      waitMs: this.config.RETRY_NO_ANSWER_SECONDS * 1000,
    };
  }
}

/** @param postponedBecause why the call could not be made earlier, if a rule postponed it */
const toWithheldCall = (rule: WithheldRule, postponedBecause?: string): NextCall => ({
  kind: 'withheld',
  rule,
  detail:
    postponedBecause === undefined ? WITHHELD_DETAILS[rule] : `${postponedBecause}; but ${WITHHELD_DETAILS[rule]}`,
});

/**
 * Returns the fraction of the hour at which the call starts: from 0 (inclusive) to 1 (exclusive), in steps of a minute.
 * It spreads calls, which would otherwise all start on the hour. It is a hash of the attempt, so that replanning does
 * not move the call.
 */
function toSpread({ _id, attempts }: DeliveryDocument): number {
  return (
    (createHash('sha256').update(`${_id} ${attempts}`).digest().readUInt32BE() % MINUTES_PER_HOUR) / MINUTES_PER_HOUR
  );
}
