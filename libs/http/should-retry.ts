/** The facts about a request that failed without a valid response. */
export interface FailedRequestFacts {
  /**
   * Whether bytes of the request may have been sent. Certainly false when no connection was established: the name was
   * not resolved, the connection was refused, or the TLS handshake failed.
   */
  readonly maybeSent: boolean;
  /** Whether the peer sent a response that is not HTTP. */
  readonly hasInvalidResponse: boolean;
  /** Whether the caller aborted the request, for example after a timeout. */
  readonly isCanceled: boolean;
}

/**
 * Decides whether to retry a request that got no response. A request that was certainly not sent is retried. One that
 * may have been sent is retried only if it is idempotent: when a connection breaks during the request, even a
 * kept-alive one that the peer closes as idle, the client cannot know whether the request was processed (RFC 9110,
 * section 9.2.2; RFC 9112, section 9.3.1).
 */
export function shouldRetry(facts: FailedRequestFacts, isIdempotent: boolean): boolean {
  if (facts.isCanceled || facts.hasInvalidResponse) return false;
  return isIdempotent || !facts.maybeSent;
}
