import { Inject, Injectable } from '@nestjs/common';
import { CallRequested, type CallRequestedPayload } from '#libs/contracts/index.js';
import { callingDayStart, mayDial } from '#libs/domain/calling-rules/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/organization-profiles.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CustomerRepository } from '../customers/customer.repository.js';
import { advance, attemptIdOf, factOf } from '../deliveries/delivery-process.js';
import { toTimeWindow } from '../deliveries/delivery.mapper.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { FindOrganizationProfile } from '../organizations/find-organization-profile.js';
import { RoutingConfig } from '../routing.config.js';
import { callStatusOf, decideNextCall, legalBasisOf, rulesFor, zoneOf } from './calling-policy.js';
import { ContinueWithoutCall } from './continue-without-call.js';
import type { RequestCallWork } from './plan-next-call.js';

const RECENT_ATTEMPTS_KEPT = 50;

/**
 * A planned call is due: if the customer may be rung now, telephony is asked to. The attempt and the request are one
 * transaction, so one attempt is requested once whatever dies.
 */
@Injectable()
export class RequestCall {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(CustomerRepository) private readonly customers: CustomerRepository,
    @Inject(FindOrganizationProfile) private readonly findProfile: FindOrganizationProfile,
    @Inject(ContinueWithoutCall) private readonly continueWithoutCall: ContinueWithoutCall,
    @Inject(RoutingConfig) private readonly config: RoutingConfig,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, work: RequestCallWork, tx: Transaction): Promise<void> {
    const delivery = await this.deliveries.findById(organizationId, work.deliveryId, tx);
    if (delivery?.state !== 'call_planned' || delivery.plannedCallAt?.toISOString() !== work.plannedAt) return;
    const now = this.clock.now();
    const profile = await this.findProfile.execute(organizationId);
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const decision = mayDial({
      now,
      zones: delivery.candidateZones,
      rules: rulesFor(profile),
      status: callStatusOf(delivery, customer, callingDayStart(now, delivery.candidateZones)),
      queueMarginSeconds: this.config.DIAL_QUEUE_SECONDS,
      ringSeconds: this.config.RING_SECONDS,
    });
    if (decision.allowed) {
      await this.request(organizationId, delivery, customer, profile, now, tx);
      return;
    }
    const next = decision.nextAllowedAt
      ? decideNextCall({ delivery, doNotCall: customer.doNotCall, profile, now, notBefore: decision.nextAllowedAt })
      : { kind: 'withheld' as const, rule: decision.rule, detail: decision.detail };
    await this.continueWithoutCall.execute(organizationId, delivery, next, now, tx);
  }

  private async request(
    organizationId: OrganizationId,
    planned: DeliveryDocument,
    customer: CustomerDocument,
    profile: OrganizationProfileDocument,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const moved = advance(planned, { kind: 'call_started' }, now);
    if (!moved) return;
    const delivery = { ...moved, attempts: planned.attempts + 1 };
    const recentAttempts = [...customer.recentAttempts, now].slice(-RECENT_ATTEMPTS_KEPT);
    const payload = callRequestOf(delivery, customer, profile, now);
    await this.customers.save(tx, organizationId, { ...customer, recentAttempts, updatedAt: now });
    await this.deliveries.save(tx, organizationId, delivery, [aggregateEvent(CallRequested, payload, now)]);
  }
}

function callRequestOf(
  delivery: DeliveryDocument,
  customer: CustomerDocument,
  profile: OrganizationProfileDocument,
  now: Date,
): CallRequestedPayload {
  const before = { ...delivery, attempts: delivery.attempts - 1 };
  const status = callStatusOf(before, customer, callingDayStart(now, delivery.candidateZones));
  return {
    ...factOf(delivery),
    attemptId: attemptIdOf(delivery),
    attempt: delivery.attempts,
    customerId: delivery.customerId,
    customerName: delivery.customer.name,
    phone: delivery.customer.phone,
    language: delivery.customer.language ?? 'en',
    organizationName: profile.name,
    ...(delivery.parcel.description === undefined ? {} : { parcelDescription: delivery.parcel.description }),
    window: toTimeWindow(delivery.window),
    alternativeWindows: delivery.alternativeWindows.map(toTimeWindow),
    zone: zoneOf(delivery, profile),
    candidateZones: delivery.candidateZones,
    callsFromMinute: profile.callsFromMinute,
    callsUntilMinute: profile.callsUntilMinute,
    legalBasis: legalBasisOf(delivery),
    attemptsForDelivery: status.attemptsForDelivery,
    attemptsToday: status.attemptsToday,
    expiresAt: delivery.decideBy.toISOString(),
  };
}
