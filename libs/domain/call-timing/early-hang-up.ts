import { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice } from './call-timing.values.js';

export { EARLY_HANG_UP_CHOICES, type EarlyHangUpChoice };

/** Hang-ups during the first words, for one delivery. */
export interface EarlyHangUps {
  /** 1 or more. */
  readonly count: number;
  /** When the last one was. */
  readonly lastAt: Date;
  /** Calls that rang after the last one, whatever came of them. */
  readonly rungSince: number;
}

export interface EarlyHangUpQuery {
  readonly choice: EarlyHangUpChoice;
  readonly hangUps: EarlyHangUps;
  /** When the calling day after that of the last hang-up begins, wherever the customer may be. */
  readonly nextDay: Date;
  /** The shortest wait of `later_once`, in milliseconds. */
  readonly laterMs: number;
  /** Whether the organization sends texts to customers whom no call reaches. */
  readonly sendsTexts: boolean;
}

export type EarlyHangUpDecision =
  | { readonly callAgain: true; readonly notBefore: Date; readonly why: string }
  | { readonly callAgain: false; readonly why: string };

/** Until an organization chooses: gentle, and never on the same day. */
export const DEFAULT_EARLY_HANG_UP_CHOICE: EarlyHangUpChoice = 'another_day';

/**
 * Whether and from when a customer who hung up during the first words may be called again, and why, in words for the
 * delivery's timeline. After a hang-up one more call rings at most, whatever comes of it: a second hang-up, an engaged line and a call
 * that nobody picks up all end it. Law, caps and the best hour are asked again when the call is planned.
 */
export function afterEarlyHangUp({
  choice,
  hangUps: { count, lastAt, rungSince },
  nextDay,
  laterMs,
  sendsTexts,
}: EarlyHangUpQuery): EarlyHangUpDecision {
  if (count > 1) return stop('the customer hung up during the first words once more');
  if (rungSince > 0) return stop(`${HUNG_UP} of an earlier call, and was called once more since`);
  switch (choice) {
    case 'another_day':
      return again(nextDay, 'on another day');
    case 'later_once':
      return again(new Date(lastAt.getTime() + laterMs), `after ${describeWait(laterMs)} at the earliest`);
    case 'text':
      return stop(
        sendsTexts
          ? `${HUNG_UP}, and your organization asks by text instead of calling again`
          : `${HUNG_UP}; your organization does not call again, and sends no texts`,
      );
    case 'no_more_calls':
      return stop(`${HUNG_UP}, and your organization does not call again`);
  }
}

const HUNG_UP = 'the customer hung up during the first words';

const stop = (why: string): EarlyHangUpDecision => ({ callAgain: false, why });

const again = (notBefore: Date, when: string): EarlyHangUpDecision => ({
  callAgain: true,
  notBefore,
  why: `${HUNG_UP}, and your organization calls again once, ${when}`,
});

const HOUR_MS = 3_600_000;

/** Whole hours where there are any: drills shorten the wait. */
function describeWait(ms: number): string {
  const [count, unit] = ms >= HOUR_MS ? [Math.round(ms / HOUR_MS), 'hour'] : [Math.round(ms / 1000), 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
