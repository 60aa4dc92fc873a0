import { LADDER_CHANNELS, type LadderChannel } from '#libs/domain/notifications/notification.values.js';
import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  PositionField,
  TextField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { Instructions, TimeWindow } from '../values/index.js';

export const INBOX_MESSAGE_KINDS = [
  'assignment',
  'instructions_changed',
  'delivery_canceled',
  /** Somebody else delivers it, or it is planned anew. */
  'delivery_withdrawn',
] as const;
export type InboxMessageKind = (typeof INBOX_MESSAGE_KINDS)[number];

/** One message to an agent. It stays until acknowledged; the socket, push and SMS only hint at it. */
export class InboxMessage {
  @IdField() messageId!: string;
  @IdField() agentId!: string;
  /** Gapless per agent from 1: the agent's application replays from the last one it has. */
  @IntegerField({ min: 1 }) sequence!: number;
  @ChoiceField(INBOX_MESSAGE_KINDS) messageKind!: InboxMessageKind;
  @IdField() deliveryId!: string;
  @TextField({ max: 100 }) reference!: string;
  @TextField({ optional: true, max: 120 }) customerName?: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField({ optional: true }) position?: [number, number];
  @ObjectField(() => TimeWindow, { optional: true }) window?: TimeWindow;
  /** What to do, in one readable line. */
  @TextField({ max: 1000 }) summary!: string;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  /** The customer's own words. */
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) acknowledgedAt?: string;
  @InstantField({ optional: true, description: 'When the agent had heard the customer’s own words.' })
  listenedAt?: string;
}

export class ListInboxRequest {
  @IdField() agentId!: string;
  @IntegerField({ min: 0 }) afterSequence!: number;
  @IntegerField({ min: 1, max: 200 }) limit!: number;
}

export class InboxPage {
  @ObjectListField(() => InboxMessage, { maxItems: 200 }) items!: InboxMessage[];
}

export class AcknowledgeMessageRequest {
  @IdField() agentId!: string;
  @IdField() messageId!: string;
}

export class ReportListenedRequest {
  @IdField() agentId!: string;
  @IdField() messageId!: string;
}

export class MessageListenedPayload {
  @IdField() messageId!: string;
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @IdField() recordingId!: string;
}

export class MessageAcknowledgedPayload {
  @IdField() messageId!: string;
  @IdField() agentId!: string;
  @IdField() deliveryId!: string;
  @ChoiceField(INBOX_MESSAGE_KINDS, { optional: true }) messageKind?: InboxMessageKind;
  /** Which steps of the ladder had been taken by then: websocket, push, sms. */
  @ChoiceField(LADDER_CHANNELS) lastChannel!: LadderChannel;
  @IntegerField({ min: 0 }) afterMs!: number;
}

export const InboxMessageAdded = defineEvent({
  subject: 'notifications.inbox.message-added.v1',
  payload: InboxMessage,
  consumers: ['gateway', 'analytics'],
  sealed: true,
  summary: 'A message waits for an agent.',
});
export const InboxMessageAcknowledged = defineEvent({
  subject: 'notifications.inbox.message-acknowledged.v1',
  payload: MessageAcknowledgedPayload,
  consumers: ['routing', 'gateway', 'analytics'],
  summary: 'The agent has read a message.',
});
export const ListInboxRpc = defineQuery({
  subject: 'rpc.notifications.inbox.list.v1',
  request: ListInboxRequest,
  reply: InboxPage,
  callers: ['gateway'],
  summary: 'An agent’s messages after a sequence, oldest first.',
});
export const AcknowledgeMessageRpc = defineCommand({
  subject: 'rpc.notifications.inbox.acknowledge.v1',
  request: AcknowledgeMessageRequest,
  reply: InboxMessage,
  callers: ['gateway'],
  summary: 'The agent has read the message; its ladder stops.',
});
export const InboxMessageListened = defineEvent({
  subject: 'notifications.inbox.message-listened.v1',
  payload: MessageListenedPayload,
  consumers: ['routing', 'gateway', 'analytics'],
  summary: 'The agent has heard the recording a message points to.',
});
export const ReportListenedRpc = defineCommand({
  subject: 'rpc.notifications.inbox.report-listened.v1',
  request: ReportListenedRequest,
  reply: InboxMessage,
  errors: ['nothing_to_hear'],
  callers: ['gateway'],
  summary: 'The agent has heard the recording a message points to.',
});
