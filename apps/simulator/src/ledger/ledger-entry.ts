import type { Act, Conduct } from './conduct.js';
import type { CallDirection, CallStatus, EndedBy } from './call-status.js';

/** Form or query parameters. The values of a repeated name are joined by a comma. */
export type Parameters = Readonly<Record<string, string>>;

/** The status callback URL of a call and the events to report. */
export interface StatusCallbackPlan {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly events: readonly ('initiated' | 'ringing' | 'answered' | 'completed')[];
}

/**
 * A piece of sound: `lengthMs` of a voice file from `fromMs` on, played `atMs` after the start of the recording or
 * call. The side `ours` is DelAuto.
 */
export interface RecordedPiece {
  readonly side: 'customer' | 'ours';
  readonly atMs: number;
  readonly file: string;
  readonly fromMs: number;
  readonly lengthMs: number;
}

/**
 * All events that change the simulator's state, in the order in which they happened. The state in memory is folded from
 * these events alone, so that a restart restores it.
 */
export type LedgerEvent =
  | { readonly type: 'reset' }
  | { readonly type: 'started' }
  | {
      readonly type: 'customer.set';
      readonly phone: string;
      readonly persona: string;
      readonly utterances: Readonly<Record<string, string>>;
      readonly zone: string | null;
      /** The acts in order, regardless of the prompts. Only for the persona `scripted`. */
      readonly script?: readonly Act[] | undefined;
      readonly conduct?: Conduct | undefined;
    }
  | {
      readonly type: 'number.set';
      readonly phone: string;
      readonly voiceUrl: string | null;
      readonly voiceFallbackUrl: string | null;
      readonly statusCallback: string | null;
      readonly smsUrl: string | null;
    }
  | {
      readonly type: 'call.created';
      readonly callSid: string;
      readonly to: string;
      readonly from: string;
      readonly direction: CallDirection;
      readonly parentCallSid: string | null;
      /** The query parameters of StatusCallback and Url, by which the application identifies the attempt. */
      readonly attempt: Parameters;
      readonly statusCallback: StatusCallbackPlan | null;
    }
  | { readonly type: 'call.started'; readonly callSid: string }
  | { readonly type: 'call.rang'; readonly callSid: string }
  /** `beepAtMs`: start of an answering machine's recording, in simulated ms after the answer; null for a person. */
  | { readonly type: 'call.answered'; readonly callSid: string; readonly beepAtMs: number | null }
  | { readonly type: 'call.answered_by'; readonly callSid: string; readonly answeredBy: string }
  /** A prompt of DelAuto. `share` is the part that played before the customer barged in, from 0 to 1. */
  | {
      readonly type: 'call.heard';
      readonly callSid: string;
      readonly atMs: number;
      readonly text: string;
      readonly share: number;
    }
  /** `text` is the words of the customer; `recognised` the words that a Gather recognized, null if none listened. */
  | {
      readonly type: 'call.said';
      readonly callSid: string;
      readonly atMs: number;
      readonly utterance: string;
      readonly text: string;
      readonly recognised: string | null;
      readonly confidence: number | null;
    }
  | {
      readonly type: 'call.pressed';
      readonly callSid: string;
      readonly atMs: number;
      readonly digits: string;
      readonly gathered: boolean;
    }
  | { readonly type: 'call.warning'; readonly callSid: string; readonly code: number; readonly message: string }
  | {
      readonly type: 'call.ended';
      readonly callSid: string;
      readonly status: CallStatus;
      readonly endedBy: EndedBy;
      readonly durationSeconds: number;
    }
  | {
      readonly type: 'recording.started';
      readonly recordingSid: string;
      readonly callSid: string;
      readonly source: RecordingSource;
      readonly channels: 1 | 2;
      readonly track: 'inbound' | 'outbound' | 'both';
    }
  | { readonly type: 'recording.paused' | 'recording.resumed' | 'recording.deleted'; readonly recordingSid: string }
  | {
      readonly type: 'recording.finished';
      readonly recordingSid: string;
      readonly status: 'completed' | 'absent';
      readonly durationMs: number;
      readonly pieces: readonly RecordedPiece[];
      readonly errorCode: number | null;
    }
  | {
      readonly type: 'message.created';
      readonly messageSid: string;
      readonly to: string;
      readonly from: string;
      readonly body: string;
      readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
      readonly reference: Parameters;
    }
  | {
      readonly type: 'message.status';
      readonly messageSid: string;
      readonly status: MessageStatus;
      readonly errorCode: number | null;
    }
  | {
      readonly type: 'push.subscribed';
      readonly subscriptionId: string;
      readonly privateKey: string;
      readonly publicKey: string;
      readonly auth: string;
      readonly applicationServerKey: string | null;
    }
  | { readonly type: 'push.unsubscribed'; readonly subscriptionId: string }
  | {
      readonly type: 'push.received';
      readonly subscriptionId: string;
      readonly messageId: string;
      readonly payload: string;
      readonly ttlSeconds: number;
      readonly urgency: string;
      readonly topic: string | null;
      readonly vapidSubject: string;
    }
  | {
      readonly type: 'partner.registered';
      readonly partnerId: string;
      readonly secret: string;
      readonly failFirst: number;
      readonly failStatus: number;
      readonly gone: boolean;
    }
  | {
      readonly type: 'partner.received';
      readonly partnerId: string;
      readonly webhookId: string;
      readonly status: number;
      readonly verified: boolean;
      readonly payload: unknown;
    };

export type RecordingSource =
  'OutboundAPI' | 'RecordVerb' | 'StartCallRecordingAPI' | 'StartCallRecordingTwiML' | 'DialVerb';

export type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** An event with its sequence in the ledger (from 1, without gaps) and its time in UTC epoch milliseconds. */
export type LedgerEntry = LedgerEvent & { readonly seq: number; readonly at: number };
