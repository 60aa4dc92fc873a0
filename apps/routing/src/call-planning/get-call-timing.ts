import { Injectable } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES, type CallTiming, type GetCallTimingRequest } from '#libs/contracts/index.js';
import { planCall, type CallTime } from '#libs/domain/call-timing/index.js';
import { getCallingDayStart, candidateZones, findLawfulWindows } from '#libs/domain/calling-rules/index.js';
import { zoneOfPosition } from '#libs/domain/calling-rules/zone-of-position.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ContactModels, toSegment } from '../call-timing/call-timing.module.js';
import { CustomerRepository, DEFAULT_LEGAL_BASIS, toCustomerSnapshot } from '../customers/customers.module.js';
import { toTimeWindow } from '../deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { RoutingConfig } from '../config/config.module.js';
import { toCallingRules, WITHHELD_DETAILS } from '../calling-policy/calling-policy.module.js';
import { toMaxRingMs } from './decide-next-call.js';

const DAY_MS = 86_400_000;
const DEFAULT_HORIZON_MS = 2 * DAY_MS;
const MAX_HORIZON_MS = 14 * DAY_MS;

/** Reports when a customer may be called, when a first call would be planned, and how many calls are left today. */
@Injectable()
export class GetCallTiming {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly contactModels: ContactModels,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, request: GetCallTimingRequest): Promise<CallTiming> {
    const now = this.clock.now();
    const deadline = resolveDeadline(request, now);
    const customer = await this.customers.load(organizationId, request.customerId);
    const profile = await this.findProfile.execute(organizationId);
    const { position, phone, zone } = customer;
    const zones = candidateZones({ position, phone, declaredZone: zone }, zoneOfPosition);
    const rules = toCallingRules(profile);
    const caps = rules.caps[customer.legalBasis ?? DEFAULT_LEGAL_BASIS];
    const lawful = findLawfulWindows({ zones, rules, from: now, to: deadline });
    const model = await this.contactModels.getModel(organizationId);
    const callsLeftToday = Math.max(0, caps.perDay - countAttemptsToday(customer, zones, now));
    const snapshot = toCustomerSnapshot(customer, { start: now, end: deadline }, profile.zone);
    const plan = planCall({
      now,
      deadline,
      lawful,
      ringMs: toMaxRingMs(this.config),
      statedWindows: snapshot.callWindows,
      chances: model?.toHourChances({ customer: customer._id, segment: toSegment(snapshot) }),
      attempt: 1,
      budget: {
        callsLeft: caps.perDelivery,
        perDay: caps.perDay,
        callsLeftToday: callsLeftToday,
        waitMs: this.config.RETRY_NO_ANSWER_SECONDS * 1000,
      },
      zone: zone ?? zones[0] ?? profile.zone,
    });
    const rule = customer.doNotCall
      ? ('do_not_call' as const)
      : snapshot.channel === 'text'
        ? ('prefers_text' as const)
        : plan.impossible
          ? plan.reason
          : undefined;
    return {
      customerId: customer._id,
      doNotCall: customer.doNotCall,
      rulesVersion: rules.version,
      zones,
      lawfulWindows: lawful.map(toTimeWindow),
      deadline: deadline.toISOString(),
      ...(rule === undefined && !plan.impossible ? toRecommendation(plan) : {}),
      reason: rule === undefined ? plan.reason : `${rule}: ${WITHHELD_DETAILS[rule]}`,
      callsLeftToday: customer.doNotCall ? 0 : callsLeftToday,
      callsPerDelivery: caps.perDelivery,
    };
  }
}

function toRecommendation({ at, chance }: CallTime): Pick<CallTiming, 'recommendedAt' | 'chance'> {
  return { recommendedAt: at.toISOString(), ...(chance === undefined ? {} : { chance }) };
}

/** @throws CodedError `invalid_request` if the deadline is past or more than 14 days ahead */
function resolveDeadline({ deadline }: GetCallTimingRequest, now: Date): Date {
  if (deadline === undefined) return new Date(now.getTime() + DEFAULT_HORIZON_MS);
  const horizonMs = Date.parse(deadline) - now.getTime();
  if (horizonMs > 0 && horizonMs <= MAX_HORIZON_MS) return new Date(deadline);
  const message = 'deadline must be within the next 14 days';
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'deadline', message }] });
}

function countAttemptsToday({ recentAttempts }: CustomerDocument, zones: readonly string[], now: Date): number {
  if (zones.length === 0) return 0;
  const dayStart = getCallingDayStart(now, zones);
  return recentAttempts.filter((at) => at >= dayStart).length;
}
