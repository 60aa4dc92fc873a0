import type { CallRequestedPayload } from '#libs/contracts/index.js';
import { getCallingDayStart } from '#libs/domain/calling-rules/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { toCallStatus, toCustomerContact } from '../calling-policy/calling-policy.module.js';
import { toAttemptId } from '../deliveries/deliveries.module.js';

/**
 * Builds the request with all data that telephony needs for one call.
 * @param delivery its `attempts` include the requested one
 * @param customer their `recentAttempts` exclude the requested one
 */
export function toCallRequest(
  delivery: DeliveryDocument,
  customer: CustomerDocument,
  profile: OrganizationProfileDocument,
  now: Date,
): CallRequestedPayload {
  const deliveryBefore = { ...delivery, attempts: delivery.attempts - 1 };
  const status = toCallStatus(deliveryBefore, customer, getCallingDayStart(now, delivery.candidateZones));
  return {
    ...toCustomerContact(delivery, profile),
    attemptId: toAttemptId(delivery),
    attempt: delivery.attempts,
    attemptsForDelivery: status.attemptsForDelivery,
    attemptsToday: status.attemptsToday,
  };
}
