import type { Readable } from 'node:stream';

import type { AnsweredBy, CarrierStatus } from '#libs/domain/call-lifecycle/types.js';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/model/types.js';

export type { AnsweredBy, CarrierStatus };

/** A request to place a call. */
export interface PlaceCall {
  /** E.164. */
  readonly to: string;
  /** E.164, one of DelAuto's numbers at the carrier. */
  readonly from: string;
  /** URL from which the carrier requests the voice document when the call is answered. */
  readonly voiceUrl: string;
  /** URL that the carrier uses if `voiceUrl` fails. */
  readonly fallbackUrl?: string | undefined;
  readonly statusCallbackUrl: string;
  /** URL to which the carrier reports recordings. Used if `record` is set. */
  readonly recordingCallbackUrl: string;
  /** URL to which the carrier reports who answered. If absent, answering machines are not detected. */
  readonly amdCallbackUrl?: string | undefined;
  /** Maximum ringing time in seconds. */
  readonly ringSeconds: number;
  /** Whether to record the whole call in two channels, from the moment it is answered. */
  readonly record: boolean;
}

/** A call as the carrier reports it. */
export interface CarrierCall {
  readonly carrierCallId: string;
  readonly to: string;
  readonly from: string;
  readonly status: CarrierStatus;
  readonly direction: 'inbound' | 'outbound';
  readonly createdAt: Date;
  readonly answeredBy?: AnsweredBy | undefined;
  /** Seconds from answer to end. Present only if the call has ended. */
  readonly durationSeconds?: number | undefined;
}

/** Status of a recording. `absent` means that the carrier recorded nothing. */
export type RecordingStatus = 'in_progress' | 'paused' | 'completed' | 'absent' | 'failed';

/** A recording as the carrier reports it. */
export interface CarrierRecording {
  readonly recordingId: string;
  readonly carrierCallId: string;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly createdAt: Date;
  readonly durationSeconds?: number | undefined;
}

/** The audio of a recording as a stream. */
export interface RecordingDownload {
  readonly stream: Readable;
  /** Bytes, if the carrier reported it. */
  readonly contentLength: number | undefined;
  readonly contentType: string;
}

/**
 * Places and controls calls. Every method throws `ProviderError`. After a failed `placeCall` with the effect `unknown`,
 * the customer's phone may have rung: the caller must reconcile with `listCalls` and must not repeat the request,
 * because the carrier has no idempotency keys.
 */
export abstract class VoiceCarrier {
  abstract placeCall(call: PlaceCall): Promise<{ readonly carrierCallId: string }>;

  /**
   * Returns all calls to a number that were created at or after `since`, newest first. The carrier's list can lag by up
   * to 30 seconds, so until then a missing call may still have been placed.
   */
  abstract listCalls(query: { readonly to: string; readonly since: Date }): Promise<readonly CarrierCall[]>;

  /** @returns undefined if the carrier does not know the call */
  abstract getCall(carrierCallId: string): Promise<CarrierCall | undefined>;

  /** Ends a call, even if it is still ringing. An already ended call is not an error. */
  abstract endCall(carrierCallId: string): Promise<void>;

  /**
   * Ends a call that is not answered yet. An answered call continues, so that a customer who is just picking up is not
   * cut off. An already ended call is not an error.
   */
  abstract cancelCall(carrierCallId: string): Promise<void>;

  /**
   * Interrupts a call in progress and makes it request its next voice document from `voiceUrl`. The reason becomes the
   * input of that turn: `machine_beep` once an answering machine records, otherwise `redirect`, which is treated as
   * silence.
   * @throws ProviderError `rejected` if the call has ended
   */
  abstract redirectCall(call: {
    readonly carrierCallId: string;
    readonly voiceUrl: string;
    readonly reason: 'machine_beep' | 'redirect';
  }): Promise<void>;

  /**
   * Pauses or resumes the recording of a call in progress. Idempotent. The paused time remains in the recording as
   * silence.
   * @throws ProviderError `rejected` or `not_found` if no recording is in progress
   */
  abstract setRecordingPaused(call: { readonly carrierCallId: string; readonly isPaused: boolean }): Promise<void>;

  abstract listRecordings(query: { readonly carrierCallId: string }): Promise<readonly CarrierRecording[]>;

  /**
   * Downloads a recording as WAV. With 2 `channels`, the parties are separate (on outbound calls the first channel is
   * the customer); with 1, they are mixed.
   * @throws ProviderError `not_found` if the carrier has not finished the recording yet, or has deleted it
   */
  abstract downloadRecording(recording: {
    readonly recordingId: string;
    readonly channels: 1 | 2;
  }): Promise<RecordingDownload>;

  /** Deletes a recording at the carrier. A missing recording is not an error. */
  abstract deleteRecording(recordingId: string): Promise<void>;
}

/** The form fields of a webhook. */
export type WebhookParams = Readonly<Record<string, string>>;

/** A webhook whose signature is to be verified. */
export interface SignedWebhook {
  /**
   * The request target as received (path and query). It is appended to the configured public URL, which proxies may
   * hide.
   */
  readonly url: string;
  /** The signature header, if present. */
  readonly signature: string | undefined;
  /** Form fields. Empty for a JSON body. */
  readonly params: WebhookParams;
  /** The body as received. Required for a JSON body, whose hash is in the query. */
  readonly rawBody?: Buffer | string | undefined;
}

/** A status callback of a call. */
export interface CallStatusEvent {
  readonly carrierCallId: string;
  readonly status: CarrierStatus;
  readonly direction: 'inbound' | 'outbound';
  readonly to: string;
  readonly from: string;
  /** Increases within a call in the order in which the carrier observed the events. Arrival order is meaningless. */
  readonly sequence?: number | undefined;
  /** When the carrier observed the event. */
  readonly occurredAt?: Date | undefined;
  readonly durationSeconds?: number | undefined;
  readonly answeredBy?: AnsweredBy | undefined;
  /** Final SIP response of the called network, for example 486 for busy or 404 for an unassigned number. */
  readonly sipResponseCode?: number | undefined;
  readonly vendorErrorCode?: string | undefined;
}

/** A status callback of a recording. */
export interface RecordingStatusEvent {
  readonly recordingId: string;
  readonly carrierCallId: string;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly durationSeconds?: number | undefined;
  readonly startedAt?: Date | undefined;
  readonly vendorErrorCode?: string | undefined;
}

/** A report of answering machine detection (AMD). */
export interface AmdEvent {
  readonly carrierCallId: string;
  readonly answeredBy: AnsweredBy;
  /** True once the machine's greeting is over, so that a message spoken now is recorded. */
  readonly readyForMessage: boolean;
  /** Duration of the detection. */
  readonly detectionMs?: number | undefined;
}

/** Status of a text message. The last three are final. */
export type MessageStatus = 'accepted' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';

/** A status callback of a text message. */
export interface MessageStatusEvent {
  readonly messageId: string;
  readonly status: MessageStatus;
  readonly to: string;
  readonly from: string;
  readonly vendorErrorCode?: string | undefined;
}

/** A text message to one of DelAuto’s numbers. */
export interface InboundMessage {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly segments: number;
  /** Present if the carrier itself handled a keyword and replied to it. */
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
}

/** The call that a voice webhook is about. */
export interface VoiceRequest {
  readonly carrierCallId: string;
  readonly to: string;
  readonly from: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: CarrierStatus;
}

/** The URLs in a voice document. */
export interface VoiceUrls {
  /** URL from which the next turn is requested. Rendering adds the kind of input to its query. */
  readonly voiceUrl: string;
  /** URL to which recordings started by a verb are reported. */
  readonly recordingCallbackUrl: string;
}

/**
 * Translates the carrier's webhooks and the responses to them. Parsers throw `InvalidWebhookError`. Content of a
 * webhook must not be used before `verify` has returned true.
 */
export abstract class CarrierWebhooks {
  /** Returns false for a missing, malformed or invalid signature, another account's webhook, or repeated fields. */
  abstract verify(webhook: SignedWebhook): boolean;
  /**
   * @param query the query of the webhook's URL, which names the verb that collected the input (see
   *   `VoiceUrls.voiceUrl`)
   */
  abstract parseVoiceInput(params: WebhookParams, query: WebhookParams): VoiceInput;
  abstract parseVoiceRequest(params: WebhookParams): VoiceRequest;
  abstract parseCallStatus(params: WebhookParams): CallStatusEvent;
  abstract parseRecordingStatus(params: WebhookParams): RecordingStatusEvent;
  abstract parseAmd(params: WebhookParams): AmdEvent;
  abstract parseMessageStatus(params: WebhookParams): MessageStatusEvent;
  abstract parseInboundMessage(params: WebhookParams): InboundMessage;
  /** Renders verbs as the carrier's voice document (for Twilio: TwiML). */
  abstract renderVoice(verbs: readonly Verb[], urls: VoiceUrls): string;
  /** Renders the reply to a text message. */
  abstract renderMessage(text: string): string;
}
