import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { planCall, planSampledCall, type AttemptBudget, type CallPlan } from '#libs/domain/call-timing/index.js';
import { callingDayStart, lawfulWindows, type CallingRules } from '#libs/domain/calling-rules/index.js';
import { organizationId } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { ContactModels, segmentOf } from '../call-timing/call-timing.module.js';
import { RoutingConfig } from '../config/config.module.js';
import {
  callStatusOf,
  forbiddenBy,
  HUNG_UP_EARLY,
  judgeEarlyHangUps,
  legalBasisOf,
  rulesFor,
  rungAttempts,
  WITHHELD,
  type WithheldRule,
  zoneOf,
} from '../calling-policy/calling-policy.module.js';
import type { NextCall } from './next-call.js';

export interface NextCallQuery {
  readonly delivery: DeliveryDocument;
  readonly customer: CustomerDocument;
  readonly profile: OrganizationProfileDocument;
  readonly now: Date;
  /** E.g. the end of the wait after an unanswered call. */
  readonly notBefore: Date;
}

/** Calls are spread over an hour by its minutes. */
const MINUTES = 60;

/** The longest from dialling until it has rung out. */
export const ringMsOf = ({ DIAL_QUEUE_SECONDS, RING_SECONDS }: RoutingConfig): number =>
  (DIAL_QUEUE_SECONDS + RING_SECONDS) * 1000;

/** When a customer is called next for a delivery, or the rule by which they are not. Changes nothing. */
@Injectable()
export class DecideNextCall {
  constructor(
    private readonly contactModels: ContactModels,
    private readonly config: RoutingConfig,
  ) {}

  async execute({ delivery, customer, profile, now, notBefore }: NextCallQuery): Promise<NextCall> {
    const rules = rulesFor(profile);
    const forbidden = forbiddenBy(delivery, customer.doNotCall, rules);
    if (forbidden) return withheld(forbidden);
    const hangUps = judgeEarlyHangUps(delivery, profile, this.config.RETRY_HUNG_UP_EARLY_SECONDS * 1000);
    if (hangUps?.callAgain === false) return { kind: 'withheld', rule: HUNG_UP_EARLY, detail: hangUps.why };
    const why = hangUps?.why;
    const from = new Date(Math.max(now.getTime(), notBefore.getTime(), hangUps?.notBefore.getTime() ?? 0));
    if (delivery.decideBy <= from) return withheld('deadline_passed', why);
    const ringMs = ringMsOf(this.config);
    const to = new Date(delivery.decideBy.getTime() + ringMs);
    const { plan, propensity } = await this.plan(delivery, {
      now: from,
      deadline: delivery.decideBy,
      lawful: lawfulWindows({ zones: delivery.candidateZones, rules, from, to }),
      ringMs,
      statedWindows: delivery.customer.callWindows,
      attempt: delivery.attempts + 1,
      budget: this.budgetOf(delivery, customer, rules, from),
      zone: zoneOf(delivery, profile),
      spread: spreadOf(delivery),
    });
    if (plan.impossible) return withheld(plan.reason, why);
    const { at, reason, chance } = plan;
    return {
      kind: 'planned',
      at,
      reason: why === undefined ? reason : `${why}. ${reason}`,
      ...(chance === undefined ? {} : { chance }),
      ...(propensity === undefined ? {} : { propensity }),
    };
  }

  private async plan(
    delivery: DeliveryDocument,
    query: Omit<Parameters<typeof planCall>[0], 'chances'>,
  ): Promise<{ readonly plan: CallPlan; readonly propensity?: number }> {
    const model = await this.contactModels.of(organizationId(delivery.organizationId));
    if (!model) return { plan: planCall(query) };
    const who = { customer: delivery.customerId, segment: segmentOf(delivery.customer) };
    return planSampledCall(query, () => model.chances(who, Math.random));
  }

  private budgetOf(
    delivery: DeliveryDocument,
    customer: CustomerDocument,
    rules: CallingRules,
    from: Date,
  ): AttemptBudget {
    const { perDelivery, perDay } = rules.caps[legalBasisOf(delivery)];
    const zones = delivery.candidateZones;
    const today = zones.length === 0 ? 0 : callStatusOf(delivery, customer, callingDayStart(from, zones)).attemptsToday;
    return {
      left: delivery.earlyHangUps ? 1 : perDelivery - rungAttempts(delivery),
      perDay,
      leftToday: Math.max(0, perDay - today),
      waitMs: this.config.RETRY_NO_ANSWER_SECONDS * 1000,
    };
  }
}

/** @param before what the rule came on top of, in words */
const withheld = (rule: WithheldRule, before?: string): NextCall => ({
  kind: 'withheld',
  rule,
  detail: before === undefined ? WITHHELD[rule] : `${before}; but ${WITHHELD[rule]}`,
});

/** The same for the same attempt, so that planning anew moves nothing. */
function spreadOf({ _id, attempts }: DeliveryDocument): number {
  return (createHash('sha256').update(`${_id} ${attempts}`).digest().readUInt32BE() % MINUTES) / MINUTES;
}
