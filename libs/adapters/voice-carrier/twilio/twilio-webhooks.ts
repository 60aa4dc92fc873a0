import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/model/types.js';
import type {
  AmdEvent,
  CallStatusEvent,
  CarrierWebhooks,
  InboundMessage,
  MessageStatusEvent,
  RecordingStatusEvent,
  SignedWebhook,
  VoiceRequest,
  VoiceUrls,
  WebhookParams,
} from '#libs/ports/voice-carrier.js';

import {
  answeredBy,
  callDirection,
  callStatus,
  messageStatus,
  optional,
  optionalDate,
  optionalNumber,
  recordingStatus,
  required,
  sid,
} from './twilio-fields.js';
import type { SignatureSettings } from './twilio-signature.js';
import { isSignedByTwilio } from './twilio-signature.js';
import type { TwimlSettings } from './twiml.js';
import { renderTwiml } from './twiml.js';
import { parseVoiceInput } from './voice-turn.js';

export interface TwilioWebhookOptions extends SignatureSettings, TwimlSettings {}

/** By `OptOutType`, which Twilio sends with a message that contains an opt-out keyword. */
const keywordByOptOutType: ReadonlyMap<string, 'stop' | 'start' | 'help'> = new Map([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
]);

/** Parses Twilio's webhooks and renders voice documents as TwiML. */
export class TwilioWebhooks implements CarrierWebhooks {
  /** @throws RangeError without an auth token, because anyone could sign with an empty key */
  constructor(private readonly options: TwilioWebhookOptions) {
    if (options.authTokens.length === 0 || options.authTokens.includes('')) {
      throw new RangeError('Webhooks cannot be verified without an auth token; set TWILIO_AUTH_TOKEN.');
    }
  }

  verify(webhook: SignedWebhook): boolean {
    return isSignedByTwilio(webhook, this.options);
  }

  parseVoiceInput(params: WebhookParams, query: WebhookParams): VoiceInput {
    return parseVoiceInput(params, query);
  }

  parseVoiceRequest(params: WebhookParams): VoiceRequest {
    return {
      carrierCallId: sid(params, 'CallSid', 'CA'),
      to: required(params, 'To'),
      from: required(params, 'From'),
      direction: callDirection(optional(params, 'Direction')),
      status: callStatus(required(params, 'CallStatus')),
    };
  }

  parseCallStatus(params: WebhookParams): CallStatusEvent {
    return {
      ...this.parseVoiceRequest(params),
      sequence: optionalNumber(params, 'SequenceNumber'),
      occurredAt: optionalDate(params, 'Timestamp'),
      durationSeconds: optionalNumber(params, 'CallDuration'),
      answeredBy: answeredBy(optional(params, 'AnsweredBy')),
      sipResponseCode: optionalNumber(params, 'SipResponseCode'),
      vendorErrorCode: optional(params, 'ErrorCode'),
    };
  }

  /** Ignores the recording URL of the webhook, so that a webhook cannot direct credentials to another host. */
  parseRecordingStatus(params: WebhookParams): RecordingStatusEvent {
    return {
      recordingId: sid(params, 'RecordingSid', 'RE'),
      carrierCallId: sid(params, 'CallSid', 'CA'),
      status: recordingStatus(required(params, 'RecordingStatus')),
      channels: optionalNumber(params, 'RecordingChannels') === 2 ? 2 : 1,
      durationSeconds: optionalNumber(params, 'RecordingDuration'),
      startedAt: optionalDate(params, 'RecordingStartTime'),
      vendorErrorCode: toVendorErrorCode(optional(params, 'ErrorCode')),
    };
  }

  parseAmd(params: WebhookParams): AmdEvent {
    const detected = required(params, 'AnsweredBy');
    return {
      carrierCallId: sid(params, 'CallSid', 'CA'),
      answeredBy: answeredBy(detected) ?? 'unknown',
      readyForMessage: detected.startsWith('machine_end'),
      detectionMs: optionalNumber(params, 'MachineDetectionDuration'),
    };
  }

  parseMessageStatus(params: WebhookParams): MessageStatusEvent {
    return {
      messageId: sid(params, 'MessageSid', 'SM', 'MM'),
      status: messageStatus(required(params, 'MessageStatus')),
      to: required(params, 'To'),
      from: required(params, 'From'),
      vendorErrorCode: optional(params, 'ErrorCode'),
    };
  }

  parseInboundMessage(params: WebhookParams): InboundMessage {
    const keyword = keywordByOptOutType.get(optional(params, 'OptOutType') ?? '');
    return {
      messageId: sid(params, 'MessageSid', 'SM', 'MM'),
      from: required(params, 'From'),
      to: required(params, 'To'),
      body: optional(params, 'Body') ?? '',
      segments: optionalNumber(params, 'NumSegments') ?? 1,
      ...(keyword !== undefined && { keyword }),
    };
  }

  renderMessage(text: string): string {
    const response = new MessagingResponse();
    response.message(text);
    return response.toString();
  }

  renderVoice(verbs: readonly Verb[], urls: VoiceUrls): string {
    return renderTwiml(verbs, urls, this.options);
  }
}

/** Recording callbacks use 0 for "no error". */
function toVendorErrorCode(errorCode: string | undefined): string | undefined {
  return errorCode === '0' ? undefined : errorCode;
}
