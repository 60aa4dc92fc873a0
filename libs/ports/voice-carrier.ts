import type { Readable } from 'node:stream';

import type { AnsweredBy, CarrierStatus } from '#libs/domain/call-lifecycle/types.js';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/model/types.js';

export type { AnsweredBy, CarrierStatus };

export interface PlaceCall {
  /** E.164. */
  readonly to: string;
  /** E.164, a number of ours at the carrier. */
  readonly from: string;
  /** Where the carrier asks what to do when the call is answered. */
  readonly voiceUrl: string;
  /** Where it asks instead when `voiceUrl` does not answer. */
  readonly fallbackUrl?: string | undefined;
  readonly statusCallbackUrl: string;
  /** Where it reports recordings; used when `record` is set. */
  readonly recordingCallbackUrl: string;
  /** Where it reports who picked up; without it answering machines are not detected. */
  readonly amdCallbackUrl?: string | undefined;
  /** How long it may ring, in seconds. */
  readonly ringSeconds: number;
  /** Record the whole call in two channels from the moment it is answered. */
  readonly record: boolean;
}

export interface CarrierCall {
  readonly carrierCallId: string;
  readonly to: string;
  readonly from: string;
  readonly status: CarrierStatus;
  readonly direction: 'inbound' | 'outbound';
  readonly createdAt: Date;
  readonly answeredBy?: AnsweredBy | undefined;
  /** Seconds from answer to end; only of calls that ended. */
  readonly durationSeconds?: number | undefined;
}

export type RecordingStatus = 'in_progress' | 'paused' | 'completed' | 'absent' | 'failed';

export interface CarrierRecording {
  readonly recordingId: string;
  readonly carrierCallId: string;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly createdAt: Date;
  readonly durationSeconds?: number | undefined;
}

export interface RecordingDownload {
  readonly stream: Readable;
  /** Bytes, where the carrier said so. */
  readonly contentLength: number | undefined;
  readonly contentType: string;
}

/**
 * Rings people. Every method throws `ProviderError`. A failed `placeCall` whose `effect` is `unknown` may have rung the
 * customer: it must be reconciled by `listCalls`, never simply repeated (the carrier has no idempotency key).
 */
export abstract class VoiceCarrier {
  abstract placeCall(call: PlaceCall): Promise<{ readonly carrierCallId: string }>;

  /**
   * All calls to a number created at or after `since`, newest first. A carrier's listing may lag behind its calls by up
   * to half a minute, so an absent call proves nothing before that.
   */
  abstract listCalls(query: { readonly to: string; readonly since: Date }): Promise<readonly CarrierCall[]>;

  /** Undefined when the carrier knows no such call. */
  abstract getCall(carrierCallId: string): Promise<CarrierCall | undefined>;

  /** Ends the call, also one still ringing. A call that has ended already is no error. */
  abstract endCall(carrierCallId: string): Promise<void>;

  /**
   * Ends a call that nobody has answered: one that was answered goes on, so that nobody is cut off in a race with their
   * picking up. A call that has ended already is no error.
   */
  abstract cancelCall(carrierCallId: string): Promise<void>;

  /**
   * Makes a call in progress ask `voiceUrl` for what to do next, whatever it is doing now. The reason comes back as the
   * input of that turn: `machine_beep` once an answering machine listens, `redirect` (which reads as silence) otherwise.
   * Fails with `rejected` when the call has ended.
   */
  abstract redirectCall(call: {
    readonly carrierCallId: string;
    readonly voiceUrl: string;
    readonly reason: 'machine_beep' | 'redirect';
  }): Promise<void>;

  /**
   * Makes the recording of a call in progress pause, or go on; told twice it is no error. The time of a pause stays as silence.
   * Fails with `rejected` or `not_found` when none is under way.
   */
  abstract pauseRecording(call: { readonly carrierCallId: string; readonly isPaused: boolean }): Promise<void>;

  abstract listRecordings(query: { readonly carrierCallId: string }): Promise<readonly CarrierRecording[]>;

  /**
   * A WAV. `channels` 2 keeps the parties apart (on outbound calls the first channel is the customer), 1 mixes them.
   * Fails with `not_found` while the carrier has not finished it, and after it was deleted.
   */
  abstract downloadRecording(recording: {
    readonly recordingId: string;
    readonly channels: 1 | 2;
  }): Promise<RecordingDownload>;

  /** A recording that is gone already is no error. */
  abstract deleteRecording(recordingId: string): Promise<void>;
}

/** A webhook's form fields. */
export type WebhookParams = Readonly<Record<string, string>>;

export interface SignedWebhook {
  /** The request target as received (path and query); joined to the configured public URL, which proxies may hide. */
  readonly url: string;
  /** The signature header, if there was one. */
  readonly signature: string | undefined;
  /** Form fields; empty for a JSON body. */
  readonly params: WebhookParams;
  /** The body as received; needed for a JSON body, whose hash is in the query. */
  readonly rawBody?: Buffer | string | undefined;
}

export interface CallStatusEvent {
  readonly carrierCallId: string;
  readonly status: CarrierStatus;
  readonly direction: 'inbound' | 'outbound';
  readonly to: string;
  readonly from: string;
  /** Rises within a call in the order in which the carrier saw things happen; arrival order means nothing. */
  readonly sequence?: number | undefined;
  /** When the carrier saw it happen. */
  readonly occurredAt?: Date | undefined;
  readonly durationSeconds?: number | undefined;
  readonly answeredBy?: AnsweredBy | undefined;
  /** The final response of the called network, for example 486 for busy, 404 for an unassigned number. */
  readonly sipResponseCode?: number | undefined;
  readonly vendorErrorCode?: string | undefined;
}

export interface RecordingStatusEvent {
  readonly recordingId: string;
  readonly carrierCallId: string;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly durationSeconds?: number | undefined;
  readonly startedAt?: Date | undefined;
  readonly vendorErrorCode?: string | undefined;
}

export interface AmdEvent {
  readonly carrierCallId: string;
  readonly answeredBy: AnsweredBy;
  /** True once the greeting is over, so that a message spoken now is kept. */
  readonly readyForMessage: boolean;
  readonly detectionMs?: number | undefined;
}

/** A text message's way. The last three are final. */
export type MessageStatus = 'accepted' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';

export interface MessageStatusEvent {
  readonly messageId: string;
  readonly status: MessageStatus;
  readonly to: string;
  readonly from: string;
  readonly vendorErrorCode?: string | undefined;
}

export interface InboundMessage {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly segments: number;
  /** Set where the carrier itself handled a keyword (and answered it). */
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
}

/** Who and where an incoming call is; every voice webhook holds it. */
export interface VoiceRequest {
  readonly carrierCallId: string;
  readonly to: string;
  readonly from: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: CarrierStatus;
}

export interface VoiceUrls {
  /** Where the next turn is asked for. Rendering adds to its query what kind of answer it will bring. */
  readonly voiceUrl: string;
  /** Where recordings started by a verb are reported. */
  readonly recordingCallbackUrl: string;
}

/**
 * What the carrier tells us and what we answer, in our words. The parsers throw `InvalidWebhookError`. Verify first:
 * nothing of a webhook may be believed before `verify` returned true.
 */
export abstract class CarrierWebhooks {
  /** Fails closed: false for a missing, malformed or foreign signature, another account's webhook, or repeated fields. */
  abstract verify(webhook: SignedWebhook): boolean;
  /** `query` is that of the webhook's URL: it says which verb the input answers (see `VoiceUrls.voiceUrl`). */
  abstract parseVoiceInput(params: WebhookParams, query: WebhookParams): VoiceInput;
  abstract parseVoiceRequest(params: WebhookParams): VoiceRequest;
  abstract parseCallStatus(params: WebhookParams): CallStatusEvent;
  abstract parseRecordingStatus(params: WebhookParams): RecordingStatusEvent;
  abstract parseAmd(params: WebhookParams): AmdEvent;
  abstract parseMessageStatus(params: WebhookParams): MessageStatusEvent;
  abstract parseInboundMessage(params: WebhookParams): InboundMessage;
  /** The verbs as the carrier's call document (for Twilio: TwiML). */
  abstract renderVoice(verbs: readonly Verb[], urls: VoiceUrls): string;
  /** The answer to a text message. */
  abstract renderMessage(text: string): string;
}
