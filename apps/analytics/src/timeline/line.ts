import type { EventContract, EventEnvelope } from '#libs/contracts/index.js';

/** The subject of a line: a delivery, or an SMS that was sent under a notification's id. */
export type LineSubject = { readonly deliveryId: string } | { readonly notificationId: string };

/** The line that one event adds to a timeline. */
export interface TimelineLine {
  readonly about: LineSubject;
  /** One sentence with agents' ids. `GetTimeline` replaces them with names, which may be unknown when it is stored. */
  readonly text: string;
  readonly agentIds?: readonly string[];
  /** Links the lines about this notification to the delivery's timeline. */
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
