/** Telephony's queues: what is to be done about calls under way and messages, and about recordings. */
export const CALL_QUEUE = 'call_queue';
/**
 * Customers to be dialled. Apart from the calls under way: when the lawful hours begin thousands fall due at once, and an
 * answering machine that listens, or a message to an agent, must not wait until the last of them is dialled.
 */
export const DIAL_QUEUE = 'dial_queue';
export const RECORDING_QUEUE = 'recording_queue';

const MINUTE = 60_000;

/**
 * Waits between tries: quick at first, then every five minutes for about a day, since what the carrier or the store
 * could not do now it can do later, and no call or recording is given up for that.
 */
export const PATIENT_BACK_OFF_MS: readonly number[] = [
  1_000,
  5_000,
  15_000,
  MINUTE,
  ...Array.from({ length: 288 }, () => 5 * MINUTE),
];
