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
import { StatusReportInput } from '../routing/agent-work.js';

/*
 * Contracts of the live channel (Socket.IO). The gateway may send an event twice, late or not at all. An application
 * shows each message once, by its `sequence`, and requests missed messages with `replay`.
 */

/** The role of a client of the live channel. */
export type LiveAudience = 'agent' | 'dispatcher';

/** An event that the gateway sends to clients. */
export interface LiveEventContract<P extends object = object> {
  readonly kind: 'live-event';
  readonly event: string;
  readonly to: readonly LiveAudience[];
  readonly payload: ContractClass<P>;
  readonly summary: string;
}

/** A request of a client. The acknowledgement is the reply: `{ ok: true, …reply }` or a `LiveRefusal`. */
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

/** An event for dispatchers. Events of one aggregate are ordered by `sequence`. Missed events are read over REST. */
export class LiveEvent {
  @IdField() id!: string;
  @TextField({ max: 200, description: 'The subject of the event. The event catalog documents its payload.' })
  type!: string;
  @IdField() aggregateId!: string;
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() occurredAt!: string;
  @AnyObjectField({ description: 'The payload of the event. Access codes are masked.' }) data!: object;
}

/** Why the gateway closes a socket. */
export const CLOSING_REASONS = [
  /** The token expired. Connect with a new one. */
  'expired',
  /** The user, session, API key or agent lost access. */
  'revoked',
  /** The principal opened more sockets than allowed. The oldest socket is closed. */
  'replaced',
  /** The client did not read fast enough. Connect again and replay. */
  'slow_reader',
  /** The client exceeded the rate limit repeatedly. */
  'flooding',
  /** This replica of the gateway shuts down. Connect again to reach another replica. */
  'shutdown',
] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** Sent before the credential of the socket expires. */
export class LiveExpiring {
  @InstantField({ description: 'When the socket is closed, unless the client sends `reauthenticate` before.' })
  at!: string;
}

/** Sent before the gateway closes the socket. */
export class LiveClosing {
  @ChoiceField(CLOSING_REASONS) reason!: ClosingReason;
  @TextField({ description: 'What the client should do, in one sentence.' }) message!: string;
}

/** The reply to a request that failed. */
export class LiveRefusal {
  @FlagField({ description: 'Always false.' }) ok!: boolean;
  @TextField({ max: 100, description: 'The error code. It is stable, so clients can match on it.' }) code!: string;
  @TextField({ max: 2000 }) message!: string;
  @IntegerField({ optional: true, min: 0 }) retryAfterMs?: number;
}

export class ReplayRequest {
  @IntegerField({
    min: 0,
    description: 'The sequence of the last message that the application has, or 0 if it has none.',
  })
  afterSequence!: number;
  @IntegerField({
    optional: true,
    min: 0,
    description:
      'The sequence of the last announcement that the application has. If absent, the replay starts after the last announcement that the agent confirmed.',
  })
  afterAnnouncement?: number;
}

/** The messages and announcements that the application missed. */
export class Replay {
  @ObjectListField(() => InboxMessage, { maxItems: 200 }) items!: InboxMessage[];
  @ObjectListField(() => Announcement, { maxItems: 200 }) announcements!: Announcement[];
  @IntegerField({
    min: 0,
    description: 'The last sequence that this replay covers. Use it as the next `afterAnnouncement`.',
  })
  announcementsUpTo!: number;
  @FlagField({ description: 'Whether more items exist. If true, request a replay after the last item of this one.' })
  more!: boolean;
}

/** Identifies the message that a request is about. */
export class AboutMessage {
  @IdField() messageId!: string;
}

/** The message after a request that changed it. */
export class MessageAnswer {
  @ObjectField(() => InboxMessage) message!: InboxMessage;
}

/** The announcements that an agent confirms as read. */
export class AnnouncementsUpTo {
  @IntegerField({ min: 1 }) upTo!: number;
}

/** The last announcement that the agent confirmed as read. */
export class AnnouncementsCursor {
  @IntegerField({ min: 0 }) readUpTo!: number;
}

/** An agent’s report of a delivery’s status. */
export class DeliveryStatusReport extends StatusReportInput {
  @IdField() deliveryId!: string;
}

/** The delivery after a request that changed it. */
export class DeliveryAnswer {
  @ObjectField(() => Delivery) delivery!: Delivery;
}

/** A new credential for an open socket. */
export class Reauthentication {
  @TextField({ max: 4000, description: 'A new token of the same user, agent or API key.' }) token!: string;
}

/** The accepted credential. */
export class ReauthenticationAnswer {
  @InstantField({ optional: true, description: 'When the credential expires. Absent if it does not expire.' })
  expiresAt?: string;
}

const AGENT = ['agent'] as const;
const BOTH = ['agent', 'dispatcher'] as const;

/** The events that the gateway sends over the socket, by name. */
export const LIVE_EVENTS = {
  message: liveEvent({
    event: 'message',
    to: AGENT,
    payload: InboxMessage,
    summary: 'A message was added to the agent’s inbox.',
  }),
  announcement: liveEvent({
    event: 'announcement',
    to: AGENT,
    payload: Announcement,
    summary: 'An announcement to all agents, or to those with a skill, was published.',
  }),
  event: liveEvent({
    event: 'event',
    to: ['dispatcher'],
    payload: LiveEvent,
    summary: 'An event of the organization happened. After a reconnect, read the current state over REST.',
  }),
  expiring: liveEvent({
    event: 'expiring',
    to: BOTH,
    payload: LiveExpiring,
    summary: 'The token expires within a minute. Send `reauthenticate` with a new one.',
  }),
  closing: liveEvent({
    event: 'closing',
    to: BOTH,
    payload: LiveClosing,
    summary: 'The gateway closes the socket for the given reason.',
  }),
} as const satisfies Record<string, LiveEventContract>;

/** The requests that clients send over the socket, by name. Each has a reply. */
export const LIVE_REQUESTS = {
  replay: liveRequest({
    event: 'replay',
    from: AGENT,
    request: ReplayRequest,
    reply: Replay,
    summary: 'Returns all messages and announcements after the last ones that the application has, oldest first.',
  }),
  acknowledge: liveRequest({
    event: 'acknowledge',
    from: AGENT,
    request: AboutMessage,
    reply: MessageAnswer,
    summary: 'Acknowledges that the agent has read a message.',
  }),
  listened: liveRequest({
    event: 'listened',
    from: AGENT,
    request: AboutMessage,
    reply: MessageAnswer,
    summary: 'Reports that the agent has heard the recording that a message refers to.',
  }),
  announcementsRead: liveRequest({
    event: 'announcements-read',
    from: AGENT,
    request: AnnouncementsUpTo,
    reply: AnnouncementsCursor,
    summary: 'Confirms that the agent has read all announcements up to a sequence.',
  }),
  deliveryStatus: liveRequest({
    event: 'delivery-status',
    from: AGENT,
    request: DeliveryStatusReport,
    reply: DeliveryAnswer,
    summary: 'Reports that a delivery is out for delivery, delivered or failed.',
  }),
  location: liveRequest({
    event: 'location',
    from: AGENT,
    request: AgentLocationInput,
    reply: AgentLocation,
    summary: 'Reports the position of the agent and returns the latest known position.',
  }),
  reauthenticate: liveRequest({
    event: 'reauthenticate',
    from: BOTH,
    request: Reauthentication,
    reply: ReauthenticationAnswer,
    summary: 'Continues the session with a new token, without a reconnect.',
  }),
} as const satisfies Record<string, LiveRequestContract>;

/** The name of a request in {@link LIVE_REQUESTS}. */
export type LiveRequestName = keyof typeof LIVE_REQUESTS;
