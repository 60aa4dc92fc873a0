import type { CustomerContact } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { toDeliveryEventFields, toTimeWindow } from '../deliveries/deliveries.module.js';
import { getLegalBasis, getCustomerZone } from './calling-policy.js';

/** Collects all data that telephony needs to contact a delivery's customer lawfully. */
export function toCustomerContact(delivery: DeliveryDocument, profile: OrganizationProfileDocument): CustomerContact {
  const { dispatcherPhone, recordingRetentionDays, recordCalls = true, pauseForCodes = false } = profile;
  return {
    ...toDeliveryEventFields(delivery),
    customerId: delivery.customerId,
    customerName: delivery.customer.name,
    phone: delivery.customer.phone,
    language: delivery.customer.language ?? 'en',
    organizationName: profile.name,
    ...(delivery.parcel.description === undefined ? {} : { parcelDescription: delivery.parcel.description }),
    window: toTimeWindow(delivery.window),
    alternativeWindows: delivery.alternativeWindows.map(toTimeWindow),
    zone: getCustomerZone(delivery, profile),
    candidateZones: delivery.candidateZones,
    callsFromMinute: profile.callsFromMinute,
    callsUntilMinute: profile.callsUntilMinute,
    daysOff: [...(profile.daysOff ?? [])],
    legalBasis: getLegalBasis(delivery),
    expiresAt: delivery.decideBy.toISOString(),
    mayRecord: recordCalls,
    pauseForCodes,
    ...(recordingRetentionDays === undefined ? {} : { recordingRetentionDays }),
    ...(dispatcherPhone === undefined ? {} : { transferNumber: dispatcherPhone }),
  };
}
