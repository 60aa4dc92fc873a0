import {
  afterEarlyHangUp,
  DEFAULT_EARLY_HANG_UP_CHOICE,
  type EarlyHangUpDecision,
} from '#libs/domain/call-timing/index.js';
import { nextCallingDay } from '#libs/domain/calling-rules/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { rungAttempts, zoneOf } from './calling-policy.js';

/** The rule in `CallWithheld` by which no further call follows an early hang-up. */
export const HUNG_UP_EARLY = 'hung_up_early';

/**
 * What the organization's choice says of the delivery's next call; nothing where the customer never hung up early.
 * @param laterMs the shortest wait of `later_once`
 */
export function judgeEarlyHangUps(
  delivery: DeliveryDocument,
  profile: OrganizationProfileDocument,
  laterMs: number,
): EarlyHangUpDecision | undefined {
  if (!delivery.earlyHangUps) return undefined;
  const { count, lastAt, rungAttempts: rungBefore } = delivery.earlyHangUps;
  const zones = delivery.candidateZones.length > 0 ? delivery.candidateZones : [zoneOf(delivery, profile)];
  return afterEarlyHangUp({
    choice: profile.afterEarlyHangUp ?? DEFAULT_EARLY_HANG_UP_CHOICE,
    hangUps: { count, lastAt, rungSince: rungAttempts(delivery) - rungBefore },
    nextDay: nextCallingDay(lastAt, zones),
    laterMs,
    sendsTexts: profile.smsFallback !== false,
  });
}

/** Whether the organization wants customers who hung up early to be asked no more, by text neither. */
export const isLeftAlone = (
  { earlyHangUps }: Pick<DeliveryDocument, 'earlyHangUps'>,
  { afterEarlyHangUp: choice }: Pick<OrganizationProfileDocument, 'afterEarlyHangUp'>,
): boolean => earlyHangUps !== undefined && choice === 'no_more_calls';
