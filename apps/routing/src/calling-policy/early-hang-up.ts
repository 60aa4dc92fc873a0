import {
  afterEarlyHangUp,
  DEFAULT_EARLY_HANG_UP_CHOICE,
  type EarlyHangUpDecision,
} from '#libs/domain/call-timing/index.js';
import { nextCallingDay } from '#libs/domain/calling-rules/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { countRungAttempts, getCustomerZone } from './calling-policy.js';

/** The `rule` of `CallWithheld` if no further call follows an early hang-up. */
export const HUNG_UP_EARLY = 'hung_up_early';

/**
 * Applies the organization's setting for early hang-ups to the delivery's next call.
 * @param minWaitMs minimum delay of the setting `later_once`, in milliseconds
 * @returns `undefined` if the customer did not hang up early
 */
export function decideAfterEarlyHangUp(
  delivery: DeliveryDocument,
  profile: OrganizationProfileDocument,
  minWaitMs: number,
): EarlyHangUpDecision | undefined {
  if (!delivery.earlyHangUps) return undefined;
  const { count, lastAt, rungAttempts: rungBefore } = delivery.earlyHangUps;
  const zones = delivery.candidateZones.length > 0 ? delivery.candidateZones : [getCustomerZone(delivery, profile)];
  return afterEarlyHangUp({
    choice: profile.afterEarlyHangUp ?? DEFAULT_EARLY_HANG_UP_CHOICE,
    hangUps: { count, lastAt, rungSince: countRungAttempts(delivery) - rungBefore },
    nextCallingDay: nextCallingDay(lastAt, zones),
    minWaitMs,
    sendsTexts: profile.smsFallback !== false,
  });
}

/** Whether the organization's setting forbids further calls and texts to the customer after an early hang-up. */
export const forbidsContact = (
  { earlyHangUps }: Pick<DeliveryDocument, 'earlyHangUps'>,
  { afterEarlyHangUp: choice }: Pick<OrganizationProfileDocument, 'afterEarlyHangUp'>,
): boolean => earlyHangUps !== undefined && choice === 'no_more_calls';
