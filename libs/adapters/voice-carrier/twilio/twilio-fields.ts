import type {
  AnsweredBy,
  CarrierStatus,
  MessageStatus,
  RecordingStatus,
  WebhookParams,
} from '#libs/ports/voice-carrier.js';
import { InvalidWebhookError } from '#libs/ports/errors.js';

import { twilioProvider } from '../../twilio/twilio-errors.js';

/** Twilio's words in ours. Each reader throws `InvalidWebhookError` for what Twilio never sends. */
const callStatuses: Readonly<Record<string, CarrierStatus>> = {
  queued: 'queued',
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'in_progress',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'canceled',
};

const recordingStatuses: Readonly<Record<string, RecordingStatus>> = {
  'in-progress': 'in_progress',
  processing: 'in_progress',
  paused: 'paused',
  stopped: 'in_progress',
  completed: 'completed',
  absent: 'absent',
  failed: 'failed',
};

const messageStatuses: Readonly<Record<string, MessageStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

export const callStatus = (value: string): CarrierStatus => oneOf(callStatuses, 'CallStatus', value);
export const recordingStatus = (value: string): RecordingStatus => oneOf(recordingStatuses, 'RecordingStatus', value);
export const messageStatus = (value: string): MessageStatus => oneOf(messageStatuses, 'MessageStatus', value);

/** `machine_start`, `machine_end_beep`, `machine_end_silence` and `machine_end_other` are all a machine. */
export function answeredBy(value: string | undefined): AnsweredBy | undefined {
  if (value === undefined || value === '') return undefined;
  if (value === 'human' || value === 'fax') return value;
  return value.startsWith('machine') ? 'machine' : 'unknown';
}

export function callDirection(value: string | undefined): 'inbound' | 'outbound' {
  return value === 'inbound' ? 'inbound' : 'outbound';
}

type SidPrefix = 'CA' | 'RE' | 'SM' | 'MM';

/** Ids end up in URLs and queries: only Twilio's own form is let in. */
export function isSid(value: unknown, ...prefixes: readonly SidPrefix[]): value is string {
  if (typeof value !== 'string') return false;
  return prefixes.some((prefix) => value.startsWith(prefix)) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(value);
}

export function sid(params: WebhookParams, field: string, ...prefixes: readonly SidPrefix[]): string {
  const value = required(params, field);
  if (!isSid(value, ...prefixes)) throw invalid(field, `is not an id that begins with ${prefixes.join(' or ')}`);
  return value;
}

export function required(params: WebhookParams, field: string): string {
  const value = optional(params, field);
  if (value === undefined) throw invalid(field, 'is missing');
  return value;
}

/** Undefined also for an empty field, which is how Twilio writes "none". */
export function optional(params: WebhookParams, field: string): string | undefined {
  const value: unknown = params[field];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(field, 'is given more than once');
  return value;
}

/** A number of 0 or more. */
export function optionalNumber(params: WebhookParams, field: string): number | undefined {
  const value = optional(params, field);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw invalid(field, 'is not a number');
  return number;
}

/** RFC 2822, as Twilio writes instants. */
export function optionalDate(params: WebhookParams, field: string): Date | undefined {
  const value = optional(params, field);
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw invalid(field, 'is not a date');
  return date;
}

export function invalid(field: string, problem: string): InvalidWebhookError {
  return new InvalidWebhookError(twilioProvider, field, problem);
}

function oneOf<T>(table: Readonly<Record<string, T>>, field: string, value: string): T {
  const found = Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined) throw invalid(field, `has an unknown value`);
  return found;
}
