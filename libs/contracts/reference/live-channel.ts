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

const toEventMessageName = (event: string): string => `live.event.${event}`;
const toRequestMessageName = (event: string): string => `live.request.${event}`;
const toReplyMessageName = (event: string): string => `live.reply.${event}`;
const REFUSAL = 'live.refusal';

const toSchemaReference = (contract: ContractClass): JsonSchema => ({ $ref: `#/components/schemas/${contract.name}` });
const toMessageReference = (name: string): JsonSchema => ({ $ref: `#/channels/${CHANNEL}/messages/${name}` });
const toAudienceTags = (audiences: readonly LiveAudience[]): JsonSchema[] => audiences.map((name) => ({ name }));

/** Returns the contract classes of all messages of the live channel. */
export function listLiveChannelContracts(): ContractClass[] {
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
export function createLiveChannel(schemas: ReadonlyMap<string, JsonSchema>): AsyncApiPart {
  const messages = toMessages(schemas);
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

function toMessages(schemas: ReadonlyMap<string, JsonSchema>): Record<string, JsonSchema> {
  const toMessage = (name: string, summary: string, payload: JsonSchema): JsonSchema => ({
    name,
    summary,
    contentType: 'application/json',
    payload,
  });
  return Object.fromEntries([
    ...events.map(({ event, summary, payload }) => [
      toEventMessageName(event),
      toMessage(event, summary, toSchemaReference(payload)),
    ]),
    ...requests.flatMap(({ event, summary, request, reply }) => [
      [toRequestMessageName(event), toMessage(event, summary, toSchemaReference(request))],
      [
        toReplyMessageName(event),
        toMessage(event, `The acknowledgement of a successful ${event} request.`, addOk(schemas.get(reply.name))),
      ],
    ]),
    [REFUSAL, toMessage('refusal', 'The acknowledgement of a failed request.', toSchemaReference(LiveRefusal))],
  ]) as Record<string, JsonSchema>;
}

/** Adds `ok: true` to the schema of a reply. */
function addOk(reply: JsonSchema | undefined): JsonSchema {
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
      messages: [toMessageReference(toEventMessageName(event))],
      tags: toAudienceTags(to),
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
      messages: [toMessageReference(toRequestMessageName(event))],
      reply: {
        channel: { $ref: `#/channels/${CHANNEL}` },
        messages: [toMessageReference(toReplyMessageName(event)), toMessageReference(REFUSAL)],
      },
      tags: toAudienceTags(from),
    },
  ];
}
