import type { ContractClass } from '../fields/index.js';
import type { AppName } from './apps.js';

/** One kind of event: who owns it, its subject, its payload, and who listens. */
export interface EventContract<P extends object = object> {
  readonly kind: 'event';
  /** `<owner>.<aggregate>.<what-happened>.v<version>`; also the NATS subject. */
  readonly subject: string;
  readonly owner: AppName;
  /** The kind of thing `aggregateId` names and `sequence` counts for. */
  readonly aggregate: string;
  readonly payload: ContractClass<P>;
  readonly consumers: readonly AppName[];
  /** False for what comes too often to be a line of the audit log each time, such as a position. */
  readonly audited: boolean;
  /** True for what holds customers' words or what opens their doors: its payload is sealed wherever it is stored. */
  readonly sealed: boolean;
  /** One sentence for the event catalogue. */
  readonly summary: string;
}

/** What travels: the payload and the facts every consumer needs to place it. */
export interface EventEnvelope<P extends object = object> {
  /** Unique for ever; the inbox's key and the `Nats-Msg-Id`. */
  readonly id: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly aggregateId: string;
  /** Gapless per aggregate from 1. Order is by this, never by arrival. */
  readonly sequence: number;
  /** UTC instant at which it happened, ISO 8601. */
  readonly occurredAt: string;
  /** Who caused it, when somebody did: carried from the request through the command. */
  readonly actor?: Actor;
  readonly payload: P;
}

/** An event as it lies in the outbox and in the streams: the payload of a sealed one as the sealed text of its JSON. */
export type TravellingEvent = EventEnvelope | (Omit<EventEnvelope, 'payload'> & { readonly sealed: string });

/** What a sealed payload belongs to: it opens as that of the same event only. */
export const sealedContext = ({ subject, id }: Pick<EventEnvelope, 'subject' | 'id'>): string => `${subject}/${id}`;

export const ACTOR_KINDS = ['user', 'api_key', 'agent', 'operator'] as const;

/** Who asked for a change, for the audit log. */
export interface Actor {
  readonly kind: (typeof ACTOR_KINDS)[number];
  readonly id: string;
}

/** Declares an event contract; the owner and aggregate are read from the subject so that they cannot disagree. */
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
