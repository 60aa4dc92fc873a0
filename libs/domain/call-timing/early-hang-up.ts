import { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice } from './call-timing.values.js';

export { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice };

/** Hang-ups during the first words of calls for one delivery. */
export interface EarlyHangUps {
  /** 1 or more. */
  readonly count: number;
  /** Time of the last one. */
  readonly lastAt: Date;
  /** Calls that rang after the last one, with any outcome. */
  readonly rungSince: number;
}

/** The input of {@link afterEarlyHangUp}. */
export interface EarlyHangUpQuery {
  readonly choice: EarlyHangUpChoice;
  readonly hangUps: EarlyHangUps;
  /** The start of the calling day after the last hang-up, in the latest of the customer's possible zones. */
  readonly nextCallingDay: Date;
  /** The minimum wait of `later_once`, in milliseconds. */
  readonly minWaitMs: number;
  /** Whether the organization sends texts to customers who cannot be reached by phone. */
  readonly sendsTexts: boolean;
}

/** `why` is a sentence fragment for the delivery's timeline. */
export type EarlyHangUpDecision =
  | { readonly callAgain: true; readonly notBefore: Date; readonly why: string }
  | { readonly callAgain: false; readonly why: string };

/** The default until an organization chooses. It never calls the customer again on the same day. */
export const DEFAULT_EARLY_HANG_UP_CHOICE: EarlyHangUpChoice = 'another_day';

/**
 * Decides whether and from when a customer who hung up during the first words may be called again, with the reason for
 * the delivery's timeline.
 *
 * At most one more call rings after a hang-up. No call follows it, whatever its outcome. Law, caps and the best hour
 * are applied again when that call is planned.
 */
export function afterEarlyHangUp({
  choice,
  hangUps: { count, lastAt, rungSince },
  nextCallingDay,
  minWaitMs,
  sendsTexts,
}: EarlyHangUpQuery): EarlyHangUpDecision {
  if (count > 1) return decideNoCall('the customer hung up during the first words once more');
  if (rungSince > 0) return decideNoCall(`${HUNG_UP} of an earlier call, and was called once more since`);
  switch (choice) {
    case 'another_day':
      return decideCallAgain(nextCallingDay, 'on another day');
    case 'later_once':
      return decideCallAgain(
        new Date(lastAt.getTime() + minWaitMs),
        `after ${describeWait(minWaitMs)} at the earliest`,
      );
    case 'text':
      return decideNoCall(
        sendsTexts
          ? `${HUNG_UP}, and your organization asks by text instead of calling again`
          : `${HUNG_UP}; your organization does not call again, and sends no texts`,
      );
    case 'no_more_calls':
      return decideNoCall(`${HUNG_UP}, and your organization does not call again`);
  }
}

const HUNG_UP = 'the customer hung up during the first words';

const decideNoCall = (why: string): EarlyHangUpDecision => ({ callAgain: false, why });

const decideCallAgain = (notBefore: Date, when: string): EarlyHangUpDecision => ({
  callAgain: true,
  notBefore,
  why: `${HUNG_UP}, and your organization calls again once, ${when}`,
});

const HOUR_MS = 3_600_000;

/** Formats a wait in whole hours, or in seconds below one hour, because tests and drills use shorter waits. */
function describeWait(ms: number): string {
  const [count, unit] = ms >= HOUR_MS ? [Math.round(ms / HOUR_MS), 'hour'] : [Math.round(ms / 1000), 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
