import type { EventContract, EventEnvelope } from '#libs/contracts/index.js';

/** The subject of a line: a delivery, or an SMS. The status events of an SMS contain only its notification id. */
export type LineSubject = { readonly deliveryId: string } | { readonly notificationId: string };

/** The line that one event adds to a timeline. */
export interface TimelineLine {
  readonly about: LineSubject;
  /** One sentence with agents' ids. A name may be unknown when a line is stored, so `GetTimeline` inserts the names. */
  readonly text: string;
  readonly agentIds?: readonly string[];
  /** The SMS that this line of a delivery announces. Lines about the SMS are shown in the delivery's timeline, too. */
  readonly notificationId?: string;
}

export type EventDescriber = (event: EventEnvelope) => TimelineLine | undefined;

/** Pairs a contract's subject with its describer. The compiler checks `toLine` against the contract's payload. */
export function defineDescriber<P extends object>(
  contract: EventContract<P>,
  toLine: (payload: P) => TimelineLine | undefined,
): readonly [string, EventDescriber] {
  return [contract.subject, (event) => toLine((event as EventEnvelope<P>).payload)];
}

/** Creates a line of a delivery's timeline. */
export function toDeliveryLine(
  { deliveryId }: { readonly deliveryId: string },
  text: string,
  ...agentIds: string[]
): TimelineLine {
  return { about: { deliveryId }, text, ...(agentIds.length === 0 ? {} : { agentIds }) };
}

/** Replaces the ids of agents with their names, or with "the agent" while the name is unknown. */
export function withNames(text: string, agentIds: readonly string[], names: ReadonlyMap<string, string>): string {
  const textWithNames = agentIds.reduce((line, id) => line.replaceAll(id, names.get(id) ?? 'the agent'), text);
  return textWithNames.charAt(0).toUpperCase() + textWithNames.slice(1);
}
