/** Work on calls under way and on messages. */
export const CALL_QUEUE = 'call_queue';
/**
 * Customers to dial. Separate from calls under way: when calling hours begin, thousands of calls fall due at once, and
 * a listening answering machine or a message to an agent must not wait behind them.
 */
export const DIAL_QUEUE = 'dial_queue';
export const RECORDING_QUEUE = 'recording_queue';

const MINUTE_MS = 60_000;

/**
 * Back-off of work items: short at first, then every five minutes for about a day. Outages of the carrier or the object
 * store pass, so no call or recording is abandoned because of one.
 */
export const BACK_OFF_MS: readonly number[] = [
  1_000,
  5_000,
  15_000,
  MINUTE_MS,
  ...Array.from({ length: 288 }, () => 5 * MINUTE_MS),
];
