import type { CallRequestedPayload, CustomerContact } from '#libs/contracts/index.js';
import { callingDayStart } from '#libs/domain/calling-rules/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { attemptIdOf, factOf } from '../deliveries/delivery-process.js';
import { toTimeWindow } from '../deliveries/delivery.mapper.js';
import { callStatusOf, legalBasisOf, zoneOf } from './calling-policy.js';

/** Whom a delivery is for, and what telephony must know to ask them about it lawfully. */
export function contactOf(delivery: DeliveryDocument, profile: OrganizationProfileDocument): CustomerContact {
  const { dispatcherPhone, recordingRetentionDays, recordCalls = true, pauseForCodes = false } = profile;
  return {
    ...factOf(delivery),
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
    daysOff: [...(profile.daysOff ?? [])],
    legalBasis: legalBasisOf(delivery),
    expiresAt: delivery.decideBy.toISOString(),
    mayRecord: recordCalls,
    pauseForCodes,
    ...(recordingRetentionDays === undefined ? {} : { recordingRetentionDays }),
    ...(dispatcherPhone === undefined ? {} : { transferNumber: dispatcherPhone }),
  };
}

/**
 * Everything telephony needs for one conversation.
 * @param delivery with the attempt counted already
 * @param customer without it
 */
export function callRequestOf(
  delivery: DeliveryDocument,
  customer: CustomerDocument,
  profile: OrganizationProfileDocument,
  now: Date,
): CallRequestedPayload {
  const before = { ...delivery, attempts: delivery.attempts - 1 };
  const status = callStatusOf(before, customer, callingDayStart(now, delivery.candidateZones));
  return {
    ...contactOf(delivery, profile),
    attemptId: attemptIdOf(delivery),
    attempt: delivery.attempts,
    attemptsForDelivery: status.attemptsForDelivery,
    attemptsToday: status.attemptsToday,
  };
}
