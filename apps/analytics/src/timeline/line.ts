import type { EventContract, EventEnvelope } from '#libs/contracts/index.js';

/** Which story a line belongs to: a delivery's, or that of what was sent under a notification's id. */
export type About = { readonly deliveryId: string } | { readonly notificationId: string };

/** What one event adds to a story. */
export interface Line {
  readonly about: About;
  /** One readable line. Agents stand in it by their ids, which become names when it is read: names may arrive later. */
  readonly text: string;
  readonly agentIds?: readonly string[];
  /** The lines about this notification belong to the delivery's story too. */
  readonly notificationId?: string;
}

export type Teller = (event: EventEnvelope) => Line | undefined;

/** Ties a contract to how it is told, so that the payload's type is checked. */
export function telling<P extends object>(
  contract: EventContract<P>,
  tell: (payload: P) => Line | undefined,
): readonly [string, Teller] {
  return [contract.subject, (event) => tell((event as EventEnvelope<P>).payload)];
}

/** A line of a delivery's story. */
export function of({ deliveryId }: { readonly deliveryId: string }, text: string, ...agentIds: string[]): Line {
  return { about: { deliveryId }, text, ...(agentIds.length === 0 ? {} : { agentIds }) };
}

/** Puts names for the ids of agents; an agent nobody has told of yet is "the agent". */
export function withNames(text: string, agentIds: readonly string[], names: ReadonlyMap<string, string>): string {
  const named = agentIds.reduce((line, id) => line.replaceAll(id, names.get(id) ?? 'the agent'), text);
  return named.charAt(0).toUpperCase() + named.slice(1);
}
