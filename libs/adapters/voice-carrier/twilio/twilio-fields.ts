import type {
  AnsweredBy,
  CarrierStatus,
  MessageStatus,
  RecordingStatus,
  WebhookParams,
} from '#libs/ports/voice-carrier.js';
import { InvalidWebhookError } from '#libs/ports/errors.js';

import { twilioProvider } from '../../twilio/twilio-errors.js';

// The tables map Twilio's values to those of the port. `toCallStatus`, `toRecordingStatus` and `toMessageStatus` throw
// `InvalidWebhookError` for any other value.

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

/** A `processing` or `stopped` recording has no audio yet: Twilio provides it when the status is `completed`. */
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

/** @throws InvalidWebhookError if the call status is unknown */
export const toCallStatus = (value: string): CarrierStatus => lookUp(callStatuses, 'CallStatus', value);
/** @throws InvalidWebhookError if the recording status is unknown */
export const toRecordingStatus = (value: string): RecordingStatus =>
  lookUp(recordingStatuses, 'RecordingStatus', value);
/** @throws InvalidWebhookError if the message status is unknown */
export const toMessageStatus = (value: string): MessageStatus => lookUp(messageStatuses, 'MessageStatus', value);

/** Maps `machine_start`, `machine_end_beep`, `machine_end_silence` and `machine_end_other` to `machine`. */
export function toAnsweredBy(value: string | undefined): AnsweredBy | undefined {
  if (value === undefined || value === '') return undefined;
  if (value === 'human' || value === 'fax') return value;
  return value.startsWith('machine') ? 'machine' : 'unknown';
}

/** Maps every direction other than `inbound` to `outbound`, including `outbound-api` and `outbound-dial`. */
export function toCallDirection(value: string | undefined): 'inbound' | 'outbound' {
  return value === 'inbound' ? 'inbound' : 'outbound';
}

type SidPrefix = 'CA' | 'RE' | 'SM' | 'MM';

/**
 * Whether a value has the form of a Twilio SID. Other values are rejected, because IDs are used in URLs and queries.
 */
export function isSid(value: unknown, ...prefixes: readonly SidPrefix[]): value is string {
  if (typeof value !== 'string') return false;
  return prefixes.some((prefix) => value.startsWith(prefix)) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(value);
}

/** @throws InvalidWebhookError if the field is missing or is not a SID with one of the prefixes */
export function readSid(params: WebhookParams, field: string, ...prefixes: readonly SidPrefix[]): string {
  const value = readRequired(params, field);
  if (!isSid(value, ...prefixes))
    throw createInvalidFieldError(field, `is not an ID that begins with ${prefixes.join(' or ')}`);
  return value;
}

/** @throws InvalidWebhookError if the field is missing, empty or repeated */
export function readRequired(params: WebhookParams, field: string): string {
  const value = readOptional(params, field);
  if (value === undefined) throw createInvalidFieldError(field, 'is missing');
  return value;
}

/**
 * @returns `undefined` also for an empty field, because Twilio sends absent values as empty fields
 * @throws InvalidWebhookError if the field is repeated
 */
export function readOptional(params: WebhookParams, field: string): string | undefined {
  const value: unknown = params[field];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw createInvalidFieldError(field, 'occurs more than once');
  return value;
}

/** @throws InvalidWebhookError unless the field is absent or a number of at least 0 */
export function readOptionalNumber(params: WebhookParams, field: string): number | undefined {
  const value = readOptional(params, field);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw createInvalidFieldError(field, 'is not a number of at least 0');
  return number;
}

/**
 * Parses an RFC 2822 date, the format in which Twilio sends timestamps.
 * @throws InvalidWebhookError if the field is not a date
 */
export function readOptionalDate(params: WebhookParams, field: string): Date | undefined {
  const value = readOptional(params, field);
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw createInvalidFieldError(field, 'is not a date');
  return date;
}

/**
 * Creates the error of an invalid field.
 * @param problem predicate of the error message, whose subject is the field: "is missing"
 */
export function createInvalidFieldError(field: string, problem: string): InvalidWebhookError {
  return new InvalidWebhookError(twilioProvider, field, problem);
}

function lookUp<T>(table: Readonly<Record<string, T>>, field: string, value: string): T {
  const mapped = Object.hasOwn(table, value) ? table[value] : undefined;
  if (mapped === undefined) throw createInvalidFieldError(field, 'has an unknown value');
  return mapped;
}
