import {
  atLocal,
  formatTimeOfDay,
  startOfLocalDay,
  startOfNextLocalDay,
  type Interval,
} from '#libs/domain/time/index.js';
import { hoursAllowedOn, isDayOff, type CallingRules, type CustomerCallStatus } from './calling-rules.js';
import { findLawfulWindows } from './lawful-windows.js';

/** The rule that refuses a call. */
export type RefusalRule =
  | 'do_not_call'
  | 'attempt_cap_total'
  | 'attempt_cap_daily'
  | 'zone_unknown'
  | 'day_off'
  | 'quiet_hours'
  /** The window ends before the carrier's queue time and the ringing time have passed. */
  | 'too_close_to_quiet_hours'
  /** The zones share no permitted hours within the planning horizon of 21 days. */
  | 'no_common_hours';

/** The input of {@link mayDial}. */
export interface DialQuery {
  readonly now: Date;
  readonly zones: readonly string[];
  readonly rules: CallingRules;
  readonly status: CustomerCallStatus;
  /** The maximum time that the carrier may queue the call before it rings. */
  readonly queueMarginSeconds: number;
  /** The maximum ringing time. */
  readonly ringSeconds: number;
}

/** Whether the call may be dialed now; otherwise the rule that refuses it and the next permitted time, if any. */
export type DialDecision =
  | {
      readonly allowed: true;
      /** The last time at which dialing is still permitted. */
      readonly until: Date;
      readonly rulesVersion: string;
    }
  | {
      readonly allowed: false;
      readonly rule: RefusalRule;
      readonly detail: string;
      readonly nextAllowedAt?: Date;
      readonly rulesVersion: string;
    };

const DAY_MS = 86_400_000;
/** The next permitted time is searched for within this many days. Without one, the call is not planned again. */
const HORIZON_DAYS = 21;

/**
 * Decides whether a phone may be called now.
 *
 * Ringing must start and end within a lawful window, so the window must last for the carrier's queue and the whole
 * ringing time. Apply it again at the time of dialing: a decision made during planning is only a forecast.
 */
export function mayDial(query: DialQuery): DialDecision {
  const { now, zones, rules, status } = query;
  const refuse = (rule: RefusalRule, detail: string, nextAllowedAt?: Date | null): DialDecision => ({
    allowed: false,
    rule,
    detail,
    rulesVersion: rules.version,
    ...(nextAllowedAt ? { nextAllowedAt } : {}),
  });

  if (status.doNotCall) return refuse('do_not_call', 'the customer asked not to be called');
  const caps = rules.caps[status.legalBasis];
  if (status.attemptsForDelivery >= caps.perDelivery) {
    return refuse('attempt_cap_total', `${status.attemptsForDelivery} of ${caps.perDelivery} calls for this delivery`);
  }
  if (zones.length === 0) return refuse('zone_unknown', 'no time zone is known for this customer');
  if (status.attemptsToday >= caps.perDay) {
    const detail = `${status.attemptsToday} of ${caps.perDay} calls today`;
    return refuse('attempt_cap_daily', detail, findNextDialTime(query, nextCallingDay(now, zones)));
  }

  const lawfulWindow = findLawfulWindows({ zones, rules, from: now, to: new Date(now.getTime() + 2 * DAY_MS) })[0];
  if (lawfulWindow && lawfulWindow.start.getTime() === now.getTime()) {
    const until = toLastDialTime(lawfulWindow, query);
    if (now.getTime() <= until.getTime()) return { allowed: true, until, rulesVersion: rules.version };
    const detail = `ringing could last beyond ${lawfulWindow.end.toISOString()}, when the lawful hours end`;
    return refuse('too_close_to_quiet_hours', detail, findNextDialTime(query, lawfulWindow.end));
  }
  const next = findNextDialTime(query, now);
  if (!next) return refuse('no_common_hours', `${zones.join(', ')} share no allowed hours in ${HORIZON_DAYS} days`);
  return refuse(...findClosedReason(query), next);
}

/**
 * The start of the calling day that `attemptsToday` is counted from: the earliest local midnight of the zones, so that
 * no attempt of the customer's day is missed wherever the customer is.
 * @param zones at least one
 */
export const getCallingDayStart = (now: Date, zones: readonly string[]): Date =>
  new Date(Math.min(...zones.map((zone) => startOfLocalDay(now, zone).getTime())));

/**
 * The start of the next calling day: the latest local midnight of the zones.
 * @param zones at least one
 */
export const nextCallingDay = (now: Date, zones: readonly string[]): Date =>
  new Date(Math.max(...zones.map((zone) => startOfNextLocalDay(now, zone).getTime())));

const toLastDialTime = (window: Interval, { queueMarginSeconds, ringSeconds }: DialQuery): Date =>
  new Date(window.end.getTime() - (queueMarginSeconds + ringSeconds) * 1000);

function findNextDialTime(query: DialQuery, from: Date): Date | null {
  const to = new Date(from.getTime() + HORIZON_DAYS * DAY_MS);
  for (const window of findLawfulWindows({ zones: query.zones, rules: query.rules, from, to })) {
    if (window.start.getTime() <= toLastDialTime(window, query).getTime()) return window.start;
  }
  return null;
}

function findClosedReason({ now, zones, rules }: DialQuery): [RefusalRule, string] {
  for (const zone of zones) {
    const local = atLocal(now, zone);
    if (isDayOff(rules, local)) return ['day_off', `${local.date} is a day off in ${zone}`];
  }
  for (const zone of zones) {
    const local = atLocal(now, zone);
    const hours = hoursAllowedOn(rules, local);
    if (!hours || local.time < hours.open || local.time >= hours.close) {
      return ['quiet_hours', `it is ${formatTimeOfDay(local.time)} in ${zone}`];
    }
  }
  return ['quiet_hours', 'outside the allowed hours'];
}
