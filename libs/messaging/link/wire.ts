import { headers as natsHeaders, type MsgHdrs } from '@nats-io/nats-core';
import { context, propagation, type Context } from '@opentelemetry/api';
import { ACTOR_KINDS, CodedError, RPC_ERROR_CODES, type Actor } from '#libs/contracts/kernel/index.js';
import type { FieldIssue } from '#libs/contracts/fields/index.js';

/** Names of the headers, beside W3C's `traceparent` and `tracestate`. */
export const HEADER = {
  organization: 'DelAuto-Organization',
  commandId: 'DelAuto-Command-Id',
  /** Who asks, as `<kind>:<id>`. */
  actor: 'DelAuto-Actor',
  /** UTC, milliseconds since the epoch. */
  deadline: 'DelAuto-Deadline',
  /** The dead letter a redriven event comes from. */
  redriveOf: 'DelAuto-Redrive-Of',
} as const;

export type RpcReply = { ok: true; value: unknown } | { ok: false; error: RpcFailure };

export interface RpcFailure {
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly issues?: readonly FieldIssue[]; readonly retryAfterMs?: number };
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** @throws TypeError or SyntaxError when the bytes are no JSON */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}

export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Headers with these entries; entries without a value are left out. */
export function headersOf(entries: Readonly<Record<string, string | undefined>>): MsgHdrs {
  const made = natsHeaders();
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) made.set(name, value);
  return made;
}

/** The current trace context as header entries. */
export function traceEntries(): Record<string, string> {
  const entries: Record<string, string> = {};
  propagation.inject(context.active(), entries);
  return entries;
}

/** The trace context of a received message; the root context when it has none. */
export function traceContextOf(headers: MsgHdrs | undefined): Context {
  const entries: Record<string, string> = {};
  for (const name of ['traceparent', 'tracestate', 'baggage']) {
    const value = headers?.get(name);
    if (value) entries[name] = value;
  }
  return propagation.extract(context.active(), entries);
}

/** Reads a reply envelope. @throws CodedError the one the owner answered with, or `internal` for no reply of ours */
export function valueOf(bytes: Uint8Array): unknown {
  const reply = decodeJson(bytes) as Partial<RpcReply> | null;
  if (reply?.ok === true) return reply.value;
  if (reply?.ok === false && reply.error)
    throw new CodedError(reply.error.code, reply.error.message, reply.error.details);
  throw new CodedError(RPC_ERROR_CODES.internal, 'The answer is no RPC reply: something else listens on this subject.');
}

export function failureOf({ code, message, details }: CodedError): RpcReply {
  return { ok: false, error: { code, message, details } };
}

export function encodeActor(actor: Actor | undefined): string | undefined {
  return actor && `${actor.kind}:${actor.id}`;
}

/** @returns `undefined` when nobody in particular asks */
export function decodeActor(text: string | undefined): Actor | undefined {
  const [kind, id] = text?.split(':', 2) ?? [];
  const known = ACTOR_KINDS.find((one) => one === kind);
  return known && id ? { kind: known, id } : undefined;
}
