/** Whoever rings back is told. */
export const MOST_TRIES = 3;

/** A clean comment about `nobody`. */
export function sendReminder(): number {
  // The organisation's stray
  return MOST_TRIES;
}
