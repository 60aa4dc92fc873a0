import type { JsonSchema } from '../fields/index.js';
import type { AppName, ContractRegistry, EventContract } from '../kernel/index.js';
import { createLiveChannel, listLiveChannelContracts } from './live-channel.js';
import { collectSchemas } from './schema-catalog.js';

/** Version of the document's structure. Contracts are versioned individually, in their subjects. */
const DOCUMENT_VERSION = '1.0.0';

/**
 * Returns the events as an AsyncAPI 3.0 document. Each event has one channel and message, one `send` operation of its
 * owner and one `receive` operation of each consumer.
 * @param withLive whether to include the live channel of the gateway's clients
 */
export function createAsyncApiDocument(registry: ContractRegistry, { withLive = false } = {}): JsonSchema {
  const liveContracts = withLive ? listLiveChannelContracts() : [];
  const { schemas } = collectSchemas([...registry.events.map((event) => event.payload), ...liveContracts]);
  const liveChannelPart = withLive ? createLiveChannel(schemas) : undefined;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'DelAuto events',
      version: DOCUMENT_VERSION,
      description:
        'Events between the apps of DelAuto over NATS JetStream, and the live channel of its clients over Socket.IO. ' +
        'Generated from libs/contracts.',
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries(registry.events.map((event) => [event.subject, toChannel(event)])),
      ...liveChannelPart?.channels,
    },
    operations: { ...Object.fromEntries(registry.events.flatMap(toOperations)), ...liveChannelPart?.operations },
    components: {
      messages: {
        ...Object.fromEntries(registry.events.map((event) => [event.subject, toMessage(event)])),
        ...liveChannelPart?.messages,
      },
      schemas: Object.fromEntries(schemas),
    },
  };
}

function toChannel(event: EventContract): JsonSchema {
  return {
    address: event.subject,
    description: event.summary,
    messages: { event: { $ref: `#/components/messages/${event.subject}` } },
    tags: [{ name: event.owner }],
  };
}

function toMessage(event: EventContract): JsonSchema {
  return {
    name: event.subject,
    title: event.payload.name,
    summary: event.summary,
    contentType: 'application/json',
    payload: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Globally unique ID of the event. Also sent as Nats-Msg-Id.' },
        subject: { type: 'string', const: event.subject },
        organizationId: { type: 'string' },
        aggregateId: { type: 'string' },
        sequence: {
          type: 'integer',
          minimum: 1,
          description: 'Counts the events of the aggregate from 1 without gaps. Order events by it, not by arrival.',
        },
        occurredAt: { type: 'string', format: 'date-time' },
        payload: { $ref: `#/components/schemas/${event.payload.name}` },
      },
      required: ['id', 'subject', 'organizationId', 'aggregateId', 'sequence', 'occurredAt', 'payload'],
    },
  };
}

function toOperations(event: EventContract): [string, JsonSchema][] {
  const toOperation = (app: AppName, action: 'send' | 'receive'): [string, JsonSchema] => [
    `${app}.${action}.${event.subject}`,
    {
      action,
      channel: { $ref: `#/channels/${event.subject}` },
      messages: [{ $ref: `#/channels/${event.subject}/messages/event` }],
      tags: [{ name: app }],
    },
  ];
  return [toOperation(event.owner, 'send'), ...event.consumers.map((app) => toOperation(app, 'receive'))];
}
