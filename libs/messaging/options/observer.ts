/**
 * Receives measurements for metrics. `subject` is the subject of a registered contract, so the number of label values
 * is bounded.
 */
export interface MessagingObserver {
  eventHandled(subject: string, durationMs: number): void;
  /** The inbox already holds the event. */
  eventDuplicate(subject: string): void;
  /** One delivery failed. The event is redelivered or dead-lettered. */
  eventFailed(subject: string, code: string): void;
  eventDeadLettered(subject: string, reason: string): void;
  /** @param lagMs time from the creation of the outbox row to the broker's acknowledgement */
  eventPublished(subject: string, lagMs: number): void;
  /** Unpublished outbox rows, reported by the replica that holds the relay's lease. */
  outboxPending(rows: number): void;
  /** @param outcome `ok` or an error code */
  rpcServed(subject: string, outcome: string, durationMs: number): void;
  rpcCalled(subject: string, outcome: string, durationMs: number): void;
}

/** An observer that ignores all measurements. */
export const NOOP_OBSERVER: MessagingObserver = {
  eventHandled: () => undefined,
  eventDuplicate: () => undefined,
  eventFailed: () => undefined,
  eventDeadLettered: () => undefined,
  eventPublished: () => undefined,
  outboxPending: () => undefined,
  rpcServed: () => undefined,
  rpcCalled: () => undefined,
};
