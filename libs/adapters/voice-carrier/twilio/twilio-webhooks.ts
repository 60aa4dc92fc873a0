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
  toAnsweredBy,
  toCallDirection,
  toCallStatus,
  toMessageStatus,
  readOptional,
  readOptionalDate,
  readOptionalNumber,
  toRecordingStatus,
  readRequired,
  readSid,
} from './twilio-fields.js';
import type { SignatureSettings } from './twilio-signature.js';
import { isSignedByTwilio } from './twilio-signature.js';
import type { TwimlSettings } from './twiml.js';
import { renderTwiml } from './twiml.js';
import { parseVoiceInput } from './voice-turn.js';

/** Options of `TwilioWebhooks`. */
export interface TwilioWebhookOptions extends SignatureSettings, TwimlSettings {}

/** The keyword of each `OptOutType`, which Twilio sends with a message that contains an opt-out keyword. */
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
      carrierCallId: readSid(params, 'CallSid', 'CA'),
      to: readRequired(params, 'To'),
      from: readRequired(params, 'From'),
      direction: toCallDirection(readOptional(params, 'Direction')),
      status: toCallStatus(readRequired(params, 'CallStatus')),
    };
  }

  parseCallStatus(params: WebhookParams): CallStatusEvent {
    return {
      ...this.parseVoiceRequest(params),
      sequence: readOptionalNumber(params, 'SequenceNumber'),
      occurredAt: readOptionalDate(params, 'Timestamp'),
      durationSeconds: readOptionalNumber(params, 'CallDuration'),
      answeredBy: toAnsweredBy(readOptional(params, 'AnsweredBy')),
      sipResponseCode: readOptionalNumber(params, 'SipResponseCode'),
      vendorErrorCode: readOptional(params, 'ErrorCode'),
    };
  }

  /** Ignores the recording URL of the webhook, so that a webhook cannot direct credentials to another host. */
  parseRecordingStatus(params: WebhookParams): RecordingStatusEvent {
    return {
      recordingId: readSid(params, 'RecordingSid', 'RE'),
      carrierCallId: readSid(params, 'CallSid', 'CA'),
      status: toRecordingStatus(readRequired(params, 'RecordingStatus')),
      channels: readOptionalNumber(params, 'RecordingChannels') === 2 ? 2 : 1,
      durationSeconds: readOptionalNumber(params, 'RecordingDuration'),
      startedAt: readOptionalDate(params, 'RecordingStartTime'),
      vendorErrorCode: toVendorErrorCode(readOptional(params, 'ErrorCode')),
    };
  }

  parseAmd(params: WebhookParams): AmdEvent {
    const detectionResult = readRequired(params, 'AnsweredBy');
    return {
      carrierCallId: readSid(params, 'CallSid', 'CA'),
      answeredBy: toAnsweredBy(detectionResult) ?? 'unknown',
      readyForMessage: detectionResult.startsWith('machine_end'),
      detectionMs: readOptionalNumber(params, 'MachineDetectionDuration'),
    };
  }

  parseMessageStatus(params: WebhookParams): MessageStatusEvent {
    return {
      messageId: readSid(params, 'MessageSid', 'SM', 'MM'),
      status: toMessageStatus(readRequired(params, 'MessageStatus')),
      to: readRequired(params, 'To'),
      from: readRequired(params, 'From'),
      vendorErrorCode: readOptional(params, 'ErrorCode'),
    };
  }

  parseInboundMessage(params: WebhookParams): InboundMessage {
    const keyword = keywordByOptOutType.get(readOptional(params, 'OptOutType') ?? '');
    return {
      messageId: readSid(params, 'MessageSid', 'SM', 'MM'),
      from: readRequired(params, 'From'),
      to: readRequired(params, 'To'),
      body: readOptional(params, 'Body') ?? '',
      segments: readOptionalNumber(params, 'NumSegments') ?? 1,
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
