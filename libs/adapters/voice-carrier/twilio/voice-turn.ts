import type { VoiceInput } from '#libs/domain/voice-flow/model/types.js';
import type { WebhookParams } from '#libs/ports/voice-carrier.js';

import { answeredBy, callStatus, invalid, isSid, optional, optionalNumber } from './twilio-fields.js';

/**
 * What a turn responds to, passed in the query of its URL as `after`. Twilio's parameters alone are ambiguous: a Gather
 * without input looks like the beginning of a call. The signature of a webhook covers its query, so the value is
 * trusted.
 */
export type TurnCause = 'gather' | 'record' | 'redirect' | 'dial' | 'machine_beep';
export const turnCauseField = 'after';

const finalStatuses = new Set(['completed', 'busy', 'no_answer', 'failed', 'canceled']);

/**
 * Parses the caller input of a turn.
 * @throws InvalidWebhookError if the webhook has invalid content
 */
export function parseVoiceInput(params: WebhookParams, query: WebhookParams): VoiceInput {
  const cause = optional(query, turnCauseField);
  // These two are parsed before the call status, because they remain valid after the call has ended.
  if (cause === 'record') return toRecordingInput(params);
  if (cause === 'dial')
    return { kind: 'transfer_ended', connected: optional(params, 'DialCallStatus') === 'completed' };
  const status = optional(params, 'CallStatus');
  if (status !== undefined && finalStatuses.has(callStatus(status))) return { kind: 'hung_up' };
  switch (cause) {
    case undefined:
      return { kind: 'call_answered', answeredBy: answeredBy(optional(params, 'AnsweredBy')) ?? 'unknown' };
    case 'gather':
      return toGatherInput(params);
    case 'redirect':
      return { kind: 'silence' };
    case 'machine_beep':
      return { kind: 'machine_beep' };
    default:
      throw invalid(turnCauseField, 'has an unknown value');
  }
}

function toGatherInput(params: WebhookParams): VoiceInput {
  const digits = optional(params, 'Digits');
  if (digits !== undefined) {
    if (!/^[0-9*#A-D]{1,64}$/.test(digits)) throw invalid('Digits', 'holds more than keys');
    return { kind: 'digits', digits };
  }
  const text = optional(params, 'SpeechResult')?.trim() ?? '';
  if (text === '') return { kind: 'silence' };
  return { kind: 'speech', text, confidence: Math.min(1, optionalNumber(params, 'Confidence') ?? 0) };
}

function toRecordingInput(params: WebhookParams): VoiceInput {
  const digits = optional(params, 'Digits');
  const recordingId =
    optional(params, 'RecordingSid') ?? /\/(RE[0-9a-fA-F]{32})/.exec(params['RecordingUrl'] ?? '')?.[1];
  return {
    kind: 'recording_done',
    durationSeconds: optionalNumber(params, 'RecordingDuration') ?? 0,
    ...(digits !== undefined && digits !== 'hangup' && { digits }),
    ...(recordingId !== undefined && isSid(recordingId, 'RE') && { recordingId }),
  };
}
