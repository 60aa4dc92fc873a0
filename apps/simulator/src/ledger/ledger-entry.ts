import type { Act, Conduct } from './conduct.js';
import type { CallDirection, CallStatus, EndedBy } from './call-status.js';

/** Form parameters or query parameters; repeated names are joined by a comma. */
export type Parameters = Readonly<Record<string, string>>;

/** Where status callbacks of a call go, and which. */
export interface StatusCallbackPlan {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly events: readonly ('initiated' | 'ringing' | 'answered' | 'completed')[];
}

/** A piece of sound: `lengthMs` of a voice file from `fromMs` on, heard `atMs` after the recording's (or call's) start. */
export interface RecordedPiece {
  readonly side: 'customer' | 'ours';
  readonly atMs: number;
  readonly file: string;
  readonly fromMs: number;
  readonly lengthMs: number;
}

/**
 * Everything that changes the simulated world, in the order in which it happened. The state in memory is nothing but
 * the fold over these entries, so that a restart finds the world as it was.
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
      /** What they do in turn, whatever they are asked; of the persona `scripted` alone. */
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
      /** The query of StatusCallback and Url: by it the caller marks which of its attempts this call belongs to. */
      readonly attempt: Parameters;
      readonly statusCallback: StatusCallbackPlan | null;
    }
  | { readonly type: 'call.started'; readonly callSid: string }
  | { readonly type: 'call.rang'; readonly callSid: string }
  /** `beepAtMs`: when an answering machine begins to record, after the answer; null for a person. */
  | { readonly type: 'call.answered'; readonly callSid: string; readonly beepAtMs: number | null }
  | { readonly type: 'call.answered_by'; readonly callSid: string; readonly answeredBy: string }
  /** What our side said. `share` is how much of it was heard before the customer cut in, from 0 to 1. */
  | {
      readonly type: 'call.heard';
      readonly callSid: string;
      readonly atMs: number;
      readonly text: string;
      readonly share: number;
    }
  /** What the customer said, word for word, and what a Gather took it for (null: nobody listened). */
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

/** An event with its place in the ledger (from 1, no gaps) and its time in UTC epoch milliseconds. */
export type LedgerEntry = LedgerEvent & { readonly seq: number; readonly at: number };
