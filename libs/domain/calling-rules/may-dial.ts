import {
  atLocal,
  formatTimeOfDay,
  startOfLocalDay,
  startOfNextLocalDay,
  type Interval,
} from '#libs/domain/time/index.js';
import { hoursAllowedOn, isDayOff, type CallingRules, type CustomerCallStatus } from './calling-rules.js';
import { lawfulWindows } from './lawful-windows.js';

export type RefusalRule =
  | 'do_not_call'
  | 'attempt_cap_total'
  | 'attempt_cap_daily'
  | 'zone_unknown'
  | 'day_off'
  | 'quiet_hours'
  /** The window ends before the carrier's queue and the ring would be over. */
  | 'too_close_to_quiet_hours'
  /** The zones share no allowed hours in the weeks ahead. */
  | 'no_common_hours';

export interface DialQuery {
  readonly now: Date;
  readonly zones: readonly string[];
  readonly rules: CallingRules;
  readonly status: CustomerCallStatus;
  /** The longest the carrier may hold the call back before it rings. */
  readonly queueMarginSeconds: number;
  /** The longest it may ring. */
  readonly ringSeconds: number;
}

export type DialDecision =
  | {
      readonly allowed: true;
      /** The last instant at which dialling is still allowed. */
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
/** Beyond this a refusal names no next time; longer closures are an organisation's matter, not a retry's. */
const HORIZON_DAYS = 21;

/**
 * Whether a phone may be rung now. Ringing must start and end within a lawful window, so the window must last for the
 * carrier's queue and the whole ring. Ask again at the moment of dialling: an answer from the plan is only a forecast.
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
    return refuse('attempt_cap_daily', detail, nextDialAt(query, nextCallingDay(now, zones)));
  }

  const open = lawfulWindows({ zones, rules, from: now, to: new Date(now.getTime() + 2 * DAY_MS) })[0];
  if (open && open.start.getTime() === now.getTime()) {
    const until = lastDialIn(open, query);
    if (now.getTime() <= until.getTime()) return { allowed: true, until, rulesVersion: rules.version };
    const detail = `ringing could last beyond ${open.end.toISOString()}, when the lawful hours end`;
    return refuse('too_close_to_quiet_hours', detail, nextDialAt(query, open.end));
  }
  const next = nextDialAt(query, now);
  if (!next) return refuse('no_common_hours', `${zones.join(', ')} share no allowed hours in ${HORIZON_DAYS} days`);
  return refuse(...whyClosed(query), next);
}

/**
 * When the calling day began by which `attemptsToday` is counted: the earliest of the zones' midnights, so that no
 * attempt of the customer's day is left out wherever the customer is. `zones` must not be empty.
 */
export const callingDayStart = (now: Date, zones: readonly string[]): Date =>
  new Date(Math.min(...zones.map((zone) => startOfLocalDay(now, zone).getTime())));

/** When the calling day after that of `now` begins: the latest of the zones' midnights. `zones` must not be empty. */
export const nextCallingDay = (now: Date, zones: readonly string[]): Date =>
  new Date(Math.max(...zones.map((zone) => startOfNextLocalDay(now, zone).getTime())));

const lastDialIn = (window: Interval, { queueMarginSeconds, ringSeconds }: DialQuery): Date =>
  new Date(window.end.getTime() - (queueMarginSeconds + ringSeconds) * 1000);

function nextDialAt(query: DialQuery, from: Date): Date | null {
  const to = new Date(from.getTime() + HORIZON_DAYS * DAY_MS);
  for (const window of lawfulWindows({ zones: query.zones, rules: query.rules, from, to })) {
    if (window.start.getTime() <= lastDialIn(window, query).getTime()) return window.start;
  }
  return null;
}

function whyClosed({ now, zones, rules }: DialQuery): [RefusalRule, string] {
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
