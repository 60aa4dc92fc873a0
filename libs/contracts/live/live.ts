import {
  AnyObjectField,
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  type ContractClass,
} from '../fields/index.js';
import { Announcement } from '../notifications/announcements.js';
import { InboxMessage } from '../notifications/inbox.js';
import { AgentLocation, AgentLocationInput } from '../routing/agent.js';
import { Delivery } from '../routing/delivery.js';
import { StatusReportInput } from '../routing/own-work.js';

/**
 * What travels over the socket. Whatever the gateway sends by itself is a hint: it may come twice, late or not at all, and
 * an application shows each message once by its `sequence`, asking by `replay` for what it misses.
 */
export type LiveAudience = 'agent' | 'dispatcher';

/** Something the gateway sends by itself. */
export interface LiveEventContract<P extends object = object> {
  readonly kind: 'live-event';
  readonly event: string;
  readonly to: readonly LiveAudience[];
  readonly payload: ContractClass<P>;
  readonly summary: string;
}

/** Something a client asks for, answered by the acknowledgement: `{ ok: true, …reply }` or a `LiveRefusal`. */
export interface LiveRequestContract<Q extends object = object, R extends object = object> {
  readonly kind: 'live-request';
  readonly event: string;
  readonly from: readonly LiveAudience[];
  readonly request: ContractClass<Q>;
  readonly reply: ContractClass<R>;
  readonly summary: string;
}

const liveEvent = <P extends object>(event: Omit<LiveEventContract<P>, 'kind'>): LiveEventContract<P> => ({
  kind: 'live-event',
  ...event,
});

const liveRequest = <Q extends object, R extends object>(
  request: Omit<LiveRequestContract<Q, R>, 'kind'>,
): LiveRequestContract<Q, R> => ({ kind: 'live-request', ...request });

/** What dispatchers watch. Order within one aggregate is by `sequence`; what was missed is read over REST. */
export class LiveEvent {
  @IdField() id!: string;
  @TextField({ max: 200, description: 'The subject of the event; its payload is in the event catalogue.' })
  type!: string;
  @IdField() aggregateId!: string;
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() occurredAt!: string;
  @AnyObjectField({ description: 'The event’s payload, access codes masked.' }) data!: object;
}

export const CLOSING_REASONS = [
  /** The token's time is over; connect with a new one. */
  'expired',
  /** User, session, key or agent may not any more. */
  'revoked',
  /** The same identity opened more sockets than it may; the oldest gives way. */
  'replaced',
  /** It did not read what was sent; connect again and replay. */
  'slow_reader',
  /** It kept asking after being told to slow down. */
  'flooding',
  /** This gateway stops; another takes over. */
  'shutdown',
] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

export class LiveExpiring {
  @InstantField({ description: 'The socket is closed then, unless `reauthenticate` came.' }) at!: string;
}

export class LiveClosing {
  @ChoiceField(CLOSING_REASONS) reason!: ClosingReason;
  @TextField({ description: 'What to do, in one sentence.' }) message!: string;
}

/** The answer to a request that was not done. */
export class LiveRefusal {
  @FlagField({ description: 'Always false.' }) ok!: boolean;
  @TextField({ max: 100, description: 'Stable; clients may match on it.' }) code!: string;
  @TextField({ max: 2000 }) message!: string;
  @IntegerField({ optional: true, min: 0 }) retryAfterMs?: number;
}

export class ReplayRequest {
  @IntegerField({ min: 0, description: 'The sequence of the last message the application has; 0 for none.' })
  afterSequence!: number;
  @IntegerField({
    optional: true,
    min: 0,
    description: 'The same for announcements; absent, what the agent has not confirmed.',
  })
  afterAnnouncement?: number;
}

export class Replay {
  @ObjectListField(() => InboxMessage, { maxItems: 200 }) items!: InboxMessage[];
  @ObjectListField(() => Announcement, { maxItems: 200 }) announcements!: Announcement[];
  @IntegerField({ min: 0, description: 'Everything up to it was considered: the next `afterAnnouncement`.' })
  announcementsUpTo!: number;
  @FlagField({ description: 'There is more: ask again after the last of these.' }) more!: boolean;
}

export class AboutMessage {
  @IdField() messageId!: string;
}

export class MessageAnswer {
  @ObjectField(() => InboxMessage) message!: InboxMessage;
}

export class AnnouncementsUpTo {
  @IntegerField({ min: 1 }) upTo!: number;
}

export class AnnouncementsCursor {
  @IntegerField({ min: 0 }) readUpTo!: number;
}

export class DeliveryStatusReport extends StatusReportInput {
  @IdField() deliveryId!: string;
}

export class DeliveryAnswer {
  @ObjectField(() => Delivery) delivery!: Delivery;
}

export class Reauthentication {
  @TextField({ max: 4000, description: 'A new token of the same user, agent or key.' }) token!: string;
}

export class ReauthenticationAnswer {
  @InstantField({ optional: true, description: 'Absent where the credential does not expire.' }) expiresAt?: string;
}

const AGENT = ['agent'] as const;
const BOTH = ['agent', 'dispatcher'] as const;

export const LIVE_EVENTS = {
  message: liveEvent({
    event: 'message',
    to: AGENT,
    payload: InboxMessage,
    summary: 'A message waits in the agent’s inbox.',
  }),
  announcement: liveEvent({
    event: 'announcement',
    to: AGENT,
    payload: Announcement,
    summary: 'Something for all agents, or those with a skill.',
  }),
  event: liveEvent({
    event: 'event',
    to: ['dispatcher'],
    payload: LiveEvent,
    summary: 'What happens in the organisation. After a reconnect, read what you show anew over REST.',
  }),
  expiring: liveEvent({
    event: 'expiring',
    to: BOTH,
    payload: LiveExpiring,
    summary: 'The token ends within a minute: send `reauthenticate` with a new one.',
  }),
  closing: liveEvent({
    event: 'closing',
    to: BOTH,
    payload: LiveClosing,
    summary: 'The gateway closes the socket, and why.',
  }),
} as const satisfies Record<string, LiveEventContract>;

export const LIVE_REQUESTS = {
  replay: liveRequest({
    event: 'replay',
    from: AGENT,
    request: ReplayRequest,
    reply: Replay,
    summary: 'Everything after the last message and announcement the application has, oldest first.',
  }),
  acknowledge: liveRequest({
    event: 'acknowledge',
    from: AGENT,
    request: AboutMessage,
    reply: MessageAnswer,
    summary: 'The agent has read a message.',
  }),
  listened: liveRequest({
    event: 'listened',
    from: AGENT,
    request: AboutMessage,
    reply: MessageAnswer,
    summary: 'The agent has heard the recording a message points to.',
  }),
  announcementsRead: liveRequest({
    event: 'announcements-read',
    from: AGENT,
    request: AnnouncementsUpTo,
    reply: AnnouncementsCursor,
    summary: 'The agent has read all announcements up to a sequence.',
  }),
  deliveryStatus: liveRequest({
    event: 'delivery-status',
    from: AGENT,
    request: DeliveryStatusReport,
    reply: DeliveryAnswer,
    summary: 'The agent set out with a delivery, handed it over, or could not.',
  }),
  location: liveRequest({
    event: 'location',
    from: AGENT,
    request: AgentLocationInput,
    reply: AgentLocation,
    summary: 'Where the agent is; answered with the newest position known.',
  }),
  reauthenticate: liveRequest({
    event: 'reauthenticate',
    from: BOTH,
    request: Reauthentication,
    reply: ReauthenticationAnswer,
    summary: 'Goes on with a new token, without a reconnect.',
  }),
} as const satisfies Record<string, LiveRequestContract>;

export type LiveRequestName = keyof typeof LIVE_REQUESTS;
