/** How an exchange ended that brought no answer. */
export interface BrokenExchangeFacts {
  /**
   * Whether the request may have been written. It is certain that it was not where no connection was established: name
   * not resolved, connection refused, TLS handshake failed.
   */
  readonly maybeSent: boolean;
  /** Whether the peer answered, with something that is not HTTP. */
  readonly isAnswered: boolean;
  /** Whether the caller ended it: its time limit has passed, or it needs the answer no more. */
  readonly isCanceled: boolean;
}

/**
 * Whether a request that got no answer is sent once more. What certainly did not arrive always is. What may have arrived
 * is sent again only if its repetition does no harm: a connection that breaks while the request is on its way, also a
 * kept one that the peer closes as idle, says nothing about whether the request was processed (RFC 9110, section 9.2.2;
 * RFC 9112, section 9.3.1).
 * @param isRepeatable whether a second arrival does no harm
 */
export function mayRepeat(facts: BrokenExchangeFacts, isRepeatable: boolean): boolean {
  if (facts.isCanceled || facts.isAnswered) return false;
  return isRepeatable || !facts.maybeSent;
}
