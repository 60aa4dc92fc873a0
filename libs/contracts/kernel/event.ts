import type { ContractClass } from '../fields/index.js';
import type { AppName } from './apps.js';

/** One event type: its owner, subject, payload and consumers. */
export interface EventContract<P extends object = object> {
  readonly kind: 'event';
  /** `<owner>.<aggregate>.<what-happened>.v<version>`; also the NATS subject. */
  readonly subject: string;
  readonly owner: AppName;
  /** Type of the aggregate that `aggregateId` identifies and `sequence` is counted for. */
  readonly aggregate: string;
  readonly payload: ContractClass<P>;
  readonly consumers: readonly AppName[];
  /** False for events that are too frequent for the audit log, such as an agent's position. */
  readonly audited: boolean;
  /** True if the payload holds a customer's words or access codes. It is then sealed wherever it is stored. */
  readonly sealed: boolean;
  /** One sentence for the event catalog. */
  readonly summary: string;
}

/** An event as apps exchange it: the payload, and the metadata that every consumer needs. */
export interface EventEnvelope<P extends object = object> {
  /** Globally unique. Key of the inbox and `Nats-Msg-Id`. */
  readonly id: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly aggregateId: string;
  /** Counts the aggregate's events from 1 without gaps. Consumers order by it, never by arrival. */
  readonly sequence: number;
  /** When the event happened: UTC instant, ISO 8601. */
  readonly occurredAt: string;
  /**
   * The principal that caused the event, propagated from the request through the command. Absent if no principal did.
   */
  readonly actor?: Actor;
  readonly payload: P;
}

/** An event as stored in the outbox and the streams. A sealed event holds its payload as sealed JSON text. */
export type WireEvent = EventEnvelope | (Omit<EventEnvelope, 'payload'> & { readonly sealed: string });

/** Binds a sealed payload to its event: it can be unsealed only with the subject and id of the same event. */
export const getSealingContext = ({ subject, id }: Pick<EventEnvelope, 'subject' | 'id'>): string => `${subject}/${id}`;

/** The kinds of principals that can request a change. */
export const ACTOR_KINDS = ['user', 'api_key', 'agent', 'operator'] as const;

/** The principal that requested a change, for the audit log. */
export interface Actor {
  readonly kind: (typeof ACTOR_KINDS)[number];
  readonly id: string;
}

/** Declares an event contract. Derives owner and aggregate from the subject, so that they always agree. */
export function defineEvent<P extends object>(event: {
  subject: string;
  payload: ContractClass<P>;
  consumers: readonly AppName[];
  audited?: boolean;
  sealed?: boolean;
  summary: string;
}): EventContract<P> {
  const [owner, aggregate] = event.subject.split('.');
  return { kind: 'event', audited: true, sealed: false, ...event, owner: owner as AppName, aggregate: aggregate ?? '' };
}
