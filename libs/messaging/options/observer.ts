/** What messaging tells the metrics. Times are milliseconds; `subject` is the contract's, so labels are bounded. */
export interface MessagingObserver {
  eventHandled(subject: string, durationMs: number): void;
  /** The inbox knew it already. */
  eventDuplicate(subject: string): void;
  /** One failed delivery; it is tried again or dead-lettered. */
  eventFailed(subject: string, code: string): void;
  eventDeadLettered(subject: string, reason: string): void;
  /** `lagMs`: from the row's creation to the broker's acknowledgement. */
  eventPublished(subject: string, lagMs: number): void;
  /** Rows still to be published; told by the replica that holds the relay's lease. */
  outboxPending(rows: number): void;
  /** `outcome` is `ok` or an error code. */
  rpcServed(subject: string, outcome: string, durationMs: number): void;
  rpcCalled(subject: string, outcome: string, durationMs: number): void;
}

export const SILENT_OBSERVER: MessagingObserver = {
  eventHandled: () => undefined,
  eventDuplicate: () => undefined,
  eventFailed: () => undefined,
  eventDeadLettered: () => undefined,
  eventPublished: () => undefined,
  outboxPending: () => undefined,
  rpcServed: () => undefined,
  rpcCalled: () => undefined,
};
