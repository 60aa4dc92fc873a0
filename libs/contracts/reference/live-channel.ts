import type { ContractClass, JsonSchema } from '../fields/index.js';
import {
  LIVE_EVENTS,
  LIVE_REQUESTS,
  LiveRefusal,
  type LiveAudience,
  type LiveEventContract,
  type LiveRequestContract,
} from '../live/live.js';

/** A part of an AsyncAPI document. */
export interface AsyncApiPart {
  readonly channels: Readonly<Record<string, JsonSchema>>;
  readonly operations: Readonly<Record<string, JsonSchema>>;
  readonly messages: Readonly<Record<string, JsonSchema>>;
}

const CHANNEL = 'live';
const events: readonly LiveEventContract[] = Object.values(LIVE_EVENTS);
const requests: readonly LiveRequestContract[] = Object.values(LIVE_REQUESTS);

const eventMessage = (event: string): string => `live.event.${event}`;
const requestMessage = (event: string): string => `live.request.${event}`;
const replyMessage = (event: string): string => `live.reply.${event}`;
const REFUSAL = 'live.refusal';

const schemaRef = (contract: ContractClass): JsonSchema => ({ $ref: `#/components/schemas/${contract.name}` });
const channelMessage = (name: string): JsonSchema => ({ $ref: `#/channels/${CHANNEL}/messages/${name}` });
const audienceTags = (audiences: readonly LiveAudience[]): JsonSchema[] => audiences.map((name) => ({ name }));

/** Returns the contract classes of all messages of the live channel. */
export function liveChannelContracts(): ContractClass[] {
  return [
    LiveRefusal,
    ...events.map(({ payload }) => payload),
    ...requests.flatMap(({ request, reply }) => [request, reply]),
  ];
}

/**
 * Returns the live channel of the gateway: one channel, one `send` operation per event and one `receive` operation per
 * request.
 * @param schemas the component schemas, by name
 */
export function liveChannel(schemas: ReadonlyMap<string, JsonSchema>): AsyncApiPart {
  const messages = liveMessages(schemas);
  return {
    channels: {
      [CHANNEL]: {
        address: '/socket.io/',
        title: 'The live channel of the gateway',
        description:
          'Socket.IO 4 over WebSocket only. Clients authenticate in the handshake with `auth: { token }` or the header ' +
          '`Authorization: Bearer`. Agents use their access token. Dispatchers and administrators use theirs or an API key ' +
          'with the scope `live:watch`. The name of a message is the name of the Socket.IO event. An event of the gateway ' +
          'can arrive twice, late or never. Use `sequence` for ordering and `replay` for missed messages.',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        tags: [{ name: 'gateway' }],
      },
    },
    operations: Object.fromEntries([...events.map(sendOperation), ...requests.map(receiveOperation)]),
    messages,
  };
}

function liveMessages(schemas: ReadonlyMap<string, JsonSchema>): Record<string, JsonSchema> {
  const message = (name: string, summary: string, payload: JsonSchema): JsonSchema => ({
    name,
    summary,
    contentType: 'application/json',
    payload,
  });
  return Object.fromEntries([
    ...events.map(({ event, summary, payload }) => [eventMessage(event), message(event, summary, schemaRef(payload))]),
    ...requests.flatMap(({ event, summary, request, reply }) => [
      [requestMessage(event), message(event, summary, schemaRef(request))],
      [
        replyMessage(event),
        message(event, `The acknowledgement of a successful ${event} request.`, withOk(schemas.get(reply.name))),
      ],
    ]),
    [REFUSAL, message('refusal', 'The acknowledgement of a failed request.', schemaRef(LiveRefusal))],
  ]) as Record<string, JsonSchema>;
}

/** Adds `ok: true` to the schema of a reply. */
function withOk(reply: JsonSchema | undefined): JsonSchema {
  const { properties, required } = reply as { properties: object; required: readonly string[] };
  return { type: 'object', properties: { ok: { const: true }, ...properties }, required: ['ok', ...required] };
}

function sendOperation({ event, to, summary }: LiveEventContract): [string, JsonSchema] {
  return [
    `gateway.live.send.${event}`,
    {
      action: 'send',
      summary,
      channel: { $ref: `#/channels/${CHANNEL}` },
      messages: [channelMessage(eventMessage(event))],
      tags: audienceTags(to),
    },
  ];
}

function receiveOperation({ event, from, summary }: LiveRequestContract): [string, JsonSchema] {
  return [
    `gateway.live.receive.${event}`,
    {
      action: 'receive',
      summary,
      channel: { $ref: `#/channels/${CHANNEL}` },
      messages: [channelMessage(requestMessage(event))],
      reply: {
        channel: { $ref: `#/channels/${CHANNEL}` },
        messages: [channelMessage(replyMessage(event)), channelMessage(REFUSAL)],
      },
      tags: audienceTags(from),
    },
  ];
}
