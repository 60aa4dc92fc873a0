import { headers as natsHeaders, type MsgHdrs } from '@nats-io/nats-core';
import { context, propagation, type Context } from '@opentelemetry/api';
import { ACTOR_KINDS, CodedError, RPC_ERROR_CODES, type Actor } from '#libs/contracts/kernel/index.js';
import type { FieldIssue } from '#libs/contracts/fields/index.js';

/** Names of DelAuto's message headers. The W3C headers `traceparent` and `tracestate` carry the trace context. */
export const HEADER = {
  organization: 'DelAuto-Organization',
  commandId: 'DelAuto-Command-Id',
  /** The principal of the request, as `<kind>:<id>`. */
  actor: 'DelAuto-Actor',
  /** Milliseconds since the epoch. */
  deadline: 'DelAuto-Deadline',
  /** The id of the dead letter that was redriven. */
  redriveOf: 'DelAuto-Redrive-Of',
} as const;

/** The body of an RPC reply. */
export type RpcReply = { ok: true; value: unknown } | { ok: false; error: RpcFailure };

/** The error of a failed RPC. */
export interface RpcFailure {
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly issues?: readonly FieldIssue[]; readonly retryAfterMs?: number };
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/**
 * @throws TypeError when the bytes are not UTF-8
 * @throws SyntaxError when the text is not JSON
 */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}

/** Encodes a value as JSON in UTF-8. */
export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** Encodes a text in UTF-8. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Creates message headers from entries and leaves out entries without a value. */
export function toHeaders(entries: Readonly<Record<string, string | undefined>>): MsgHdrs {
  const result = natsHeaders();
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) result.set(name, value);
  return result;
}

/** Returns the current trace context as header entries. */
export function getTraceEntries(): Record<string, string> {
  const entries: Record<string, string> = {};
  propagation.inject(context.active(), entries);
  return entries;
}

/** Returns the trace context of a received message; the active context when it has none. */
export function toTraceContext(headers: MsgHdrs | undefined): Context {
  const entries: Record<string, string> = {};
  for (const name of ['traceparent', 'tracestate', 'baggage']) {
    const value = headers?.get(name);
    if (value) entries[name] = value;
  }
  return propagation.extract(context.active(), entries);
}

/**
 * Returns the value of an RPC reply.
 * @throws CodedError the error that the owner replied with, or `internal` when the message is not an RPC reply
 */
export function parseReply(bytes: Uint8Array): unknown {
  const reply = decodeJson(bytes) as Partial<RpcReply> | null;
  if (reply?.ok === true) return reply.value;
  if (reply?.ok === false && reply.error)
    throw new CodedError(reply.error.code, reply.error.message, reply.error.details);
  throw new CodedError(
    RPC_ERROR_CODES.internal,
    'The message is not an RPC reply. Another service may be listening on this subject.',
  );
}

/** Converts an error to the reply of a failed RPC. */
export function toFailureReply({ code, message, details }: CodedError): RpcReply {
  return { ok: false, error: { code, message, details } };
}

/** @returns `<kind>:<id>` */
export function encodeActor(actor: Actor | undefined): string | undefined {
  return actor && `${actor.kind}:${actor.id}`;
}

/** @returns `undefined` when the request has no principal or one of an unknown kind */
export function decodeActor(text: string | undefined): Actor | undefined {
  const [kind, id] = text?.split(':', 2) ?? [];
  const knownKind = ACTOR_KINDS.find((actorKind) => actorKind === kind);
  return knownKind && id ? { kind: knownKind, id } : undefined;
}
