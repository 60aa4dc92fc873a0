import type { VoiceInput } from '#libs/domain/voice-flow/model/types.js';
import type { WebhookParams } from '#libs/ports/voice-carrier.js';

import {
  toAnsweredBy,
  toCallStatus,
  createInvalidFieldError,
  isSid,
  readOptional,
  readOptionalNumber,
} from './twilio-fields.js';

/**
 * The verb or event that caused a turn, passed in the query of its URL as `after`. Twilio's parameters alone are
 * ambiguous: a Gather without input has the same parameters as the beginning of a call. The signature of a webhook
 * covers its query, so the value is trusted.
 */
export type TurnCause = 'gather' | 'record' | 'redirect' | 'dial' | 'machine_beep';
/** The query parameter with the `TurnCause`. */
export const turnCauseField = 'after';

const finalStatuses = new Set(['completed', 'busy', 'no_answer', 'failed', 'canceled']);

/**
 * Parses the caller input of a turn.
 * @throws InvalidWebhookError if the webhook has invalid content
 */
export function parseVoiceInput(params: WebhookParams, query: WebhookParams): VoiceInput {
  const cause = readOptional(query, turnCauseField);
  // These two are parsed before the call status, because they remain valid after the call has ended.
  if (cause === 'record') return toRecordingInput(params);
  if (cause === 'dial')
    return { kind: 'transfer_ended', connected: readOptional(params, 'DialCallStatus') === 'completed' };
  const status = readOptional(params, 'CallStatus');
  if (status !== undefined && finalStatuses.has(toCallStatus(status))) return { kind: 'hung_up' };
  switch (cause) {
    case undefined:
      return { kind: 'call_answered', answeredBy: toAnsweredBy(readOptional(params, 'AnsweredBy')) ?? 'unknown' };
    case 'gather':
      return toGatherInput(params);
    case 'redirect':
      return { kind: 'silence' };
    case 'machine_beep':
      return { kind: 'machine_beep' };
    default:
      throw createInvalidFieldError(turnCauseField, 'has an unknown value');
  }
}

function toGatherInput(params: WebhookParams): VoiceInput {
  const digits = readOptional(params, 'Digits');
  if (digits !== undefined) {
    if (!/^[0-9*#A-D]{1,64}$/.test(digits))
      throw createInvalidFieldError('Digits', 'contains characters that are not telephone keys');
    return { kind: 'digits', digits };
  }
  const text = readOptional(params, 'SpeechResult')?.trim() ?? '';
  if (text === '') return { kind: 'silence' };
  return { kind: 'speech', text, confidence: Math.min(1, readOptionalNumber(params, 'Confidence') ?? 0) };
}

function toRecordingInput(params: WebhookParams): VoiceInput {
  const digits = readOptional(params, 'Digits');
  const recordingId =
    readOptional(params, 'RecordingSid') ?? /\/(RE[0-9a-fA-F]{32})/.exec(params['RecordingUrl'] ?? '')?.[1];
  return {
    kind: 'recording_done',
    durationSeconds: readOptionalNumber(params, 'RecordingDuration') ?? 0,
    ...(digits !== undefined && digits !== 'hangup' && { digits }),
    ...(recordingId !== undefined && isSid(recordingId, 'RE') && { recordingId }),
  };
}
