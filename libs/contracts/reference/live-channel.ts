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
const audience = (who: readonly LiveAudience[]): JsonSchema[] => who.map((name) => ({ name }));

/** The contract classes of everything that travels over the socket. */
export function liveChannelContracts(): ContractClass[] {
  return [
    LiveRefusal,
    ...events.map(({ payload }) => payload),
    ...requests.flatMap(({ request, reply }) => [request, reply]),
  ];
}

/**
 * The WebSocket of the gateway: one channel, one `send` operation for each event, one `receive` for each request.
 * @param schemas of the components, by name
 */
export function liveChannel(schemas: ReadonlyMap<string, JsonSchema>): AsyncApiPart {
  const messages = liveMessages(schemas);
  return {
    channels: {
      [CHANNEL]: {
        address: '/socket.io/',
        title: 'The live channel of the gateway',
        description:
          'Socket.IO 4 over WebSocket only. Authenticated at the handshake, by `auth: { token }` or the header ' +
          '`Authorization: Bearer`: agents with their access token, dispatchers and administrators with theirs or an API key ' +
          'with the scope `live:watch`. The name of a message is the name of the Socket.IO event. What the gateway sends is a ' +
          'hint that may come twice, late or never: order and completeness are by `sequence` and `replay`.',
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
      [replyMessage(event), message(event, `The acknowledgement of ${event}: done.`, done(schemas.get(reply.name)))],
    ]),
    [REFUSAL, message('refusal', 'The acknowledgement of any request that was not done.', schemaRef(LiveRefusal))],
  ]) as Record<string, JsonSchema>;
}

/** A reply with `ok` beside its own fields. */
function done(reply: JsonSchema | undefined): JsonSchema {
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
      tags: audience(to),
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
      tags: audience(from),
    },
  ];
}
