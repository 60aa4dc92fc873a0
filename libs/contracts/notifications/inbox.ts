import { ESCALATION_CHANNELS, type EscalationChannel } from '#libs/domain/notifications/notification.values.js';
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

/** The kinds of messages in an agent’s inbox. */
export const INBOX_MESSAGE_KINDS = [
  'assignment',
  'instructions_changed',
  'delivery_canceled',
  /** Another agent makes the delivery, or it is planned again. */
  'delivery_withdrawn',
] as const;
export type InboxMessageKind = (typeof INBOX_MESSAGE_KINDS)[number];

/** One message to an agent. It stays in the inbox until acknowledged. Socket, push and SMS only announce it. */
export class InboxMessage {
  @IdField() messageId!: string;
  @IdField() agentId!: string;
  /** Counts the agent's messages from 1 without gaps. The agent's application replays from the last one it has. */
  @IntegerField({ min: 1 }) sequence!: number;
  @ChoiceField(INBOX_MESSAGE_KINDS) messageKind!: InboxMessageKind;
  @IdField() deliveryId!: string;
  @TextField({ max: 100 }) reference!: string;
  @TextField({ optional: true, max: 120 }) customerName?: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField({ optional: true }) position?: [number, number];
  @ObjectField(() => TimeWindow, { optional: true }) window?: TimeWindow;
  /** The instructions to the agent, in one line of text. */
  @TextField({ max: 1000 }) summary!: string;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  /** The customer's own words. */
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) acknowledgedAt?: string;
  @InstantField({ optional: true, description: 'When the agent heard the customer’s recording.' })
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
  /** The last step of the escalation at that time: websocket, push or sms. */
  @ChoiceField(ESCALATION_CHANNELS) lastChannel!: EscalationChannel;
  @IntegerField({ min: 0 }) afterMs!: number;
}

export const InboxMessageAdded = defineEvent({
  subject: 'notifications.inbox.message-added.v1',
  payload: InboxMessage,
  consumers: ['gateway', 'analytics'],
  sealed: true,
  summary: 'A message was added to an agent’s inbox.',
});
export const InboxMessageAcknowledged = defineEvent({
  subject: 'notifications.inbox.message-acknowledged.v1',
  payload: MessageAcknowledgedPayload,
  consumers: ['routing', 'gateway', 'analytics'],
  summary: 'An agent acknowledged a message.',
});
export const ListInboxRpc = defineQuery({
  subject: 'rpc.notifications.inbox.list.v1',
  request: ListInboxRequest,
  reply: InboxPage,
  callers: ['gateway'],
  summary: 'Lists an agent’s messages after a sequence, oldest first.',
});
export const AcknowledgeMessageRpc = defineCommand({
  subject: 'rpc.notifications.inbox.acknowledge.v1',
  request: AcknowledgeMessageRequest,
  reply: InboxMessage,
  callers: ['gateway'],
  summary: 'Acknowledges a message on behalf of its agent. Its escalation stops.',
});
export const InboxMessageListened = defineEvent({
  subject: 'notifications.inbox.message-listened.v1',
  payload: MessageListenedPayload,
  consumers: ['routing', 'gateway', 'analytics'],
  summary: 'An agent heard the recording that a message refers to.',
});
export const ReportListenedRpc = defineCommand({
  subject: 'rpc.notifications.inbox.report-listened.v1',
  request: ReportListenedRequest,
  reply: InboxMessage,
  errors: ['nothing_to_hear'],
  callers: ['gateway'],
  summary: 'Reports that the agent heard the recording that a message refers to.',
});
