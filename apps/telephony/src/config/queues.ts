/** Work on calls in progress and on text messages. */
export const CALL_QUEUE = 'call_queue';
/**
 * Work that dials customers. Separate from calls in progress: when calling hours begin, thousands of calls are due at
 * once, and an answering machine that is recording or a message to an agent must not wait behind them.
 */
export const DIAL_QUEUE = 'dial_queue';
/** Transfer and deletion of recordings, and erasure of customers' data. */
export const RECORDING_QUEUE = 'recording_queue';

const MINUTE_MS = 60_000;

/**
 * Delays between the retries of a work item, in ms: short at first, then five minutes for about a day. No call or
 * recording is abandoned because of a shorter outage of the carrier or the object store.
 */
export const BACK_OFF_MS: readonly number[] = [
  1_000,
  5_000,
  15_000,
  MINUTE_MS,
  ...Array.from({ length: 288 }, () => 5 * MINUTE_MS),
];
