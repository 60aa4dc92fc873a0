import type {
  CallDirection,
  CallStatus,
  EndedBy,
  LedgerEntry,
  Parameters,
  StatusCallbackPlan,
} from '../ledger/ledger.module.js';

/** A prompt that the customer heard. */
export interface HeardPrompt {
  /** Simulated ms after the answer. */
  readonly atMs: number;
  readonly text: string;
  /** The part that played before the customer barged in, from 0 to 1. */
  readonly share: number;
}

/** An utterance of the customer. */
export interface SaidUtterance {
  /** Simulated ms after the answer. */
  readonly atMs: number;
  /** The id of the recorded speech. */
  readonly utterance: string;
  /** The words that the customer said, without recognition errors. */
  readonly text: string;
  /** The speech result of `<Gather>`; null if no `<Gather>` listened. */
  readonly recognised: string | null;
  /** The confidence of the speech result, from 0 to 1; null if no `<Gather>` listened. */
  readonly confidence: number | null;
}

/** Keys that the customer pressed. */
export interface PressedKeys {
  /** Simulated ms after the answer. */
  readonly atMs: number;
  readonly digits: string;
  /** Whether the current verb accepted the keys. */
  readonly gathered: boolean;
}

/** The state of one call, folded from its ledger entries. Instants are UTC epoch milliseconds. */
export interface CallRecord {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly direction: CallDirection;
  readonly parentCallSid: string | null;
  /** The query parameters of the call's URLs, by which the application identifies the attempt. */
  readonly attempt: Parameters;
  readonly statusCallback: StatusCallbackPlan | null;
  readonly createdAt: number;
  /** Ledger sequence of the entry that created the call. */
  readonly createdSeq: number;
  status: CallStatus;
  updatedAt: number;
  /** The instant at which the carrier started to dial. */
  startedAt: number | null;
  rangAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** Start of an answering machine's recording, in simulated ms after the answer; null if no machine answered. */
  beepAtMs: number | null;
  answeredBy: string | null;
  endedBy: EndedBy | null;
  /** From answer to end, in simulated seconds. */
  durationSeconds: number | null;
  readonly heard: HeardPrompt[];
  readonly said: SaidUtterance[];
  readonly pressed: PressedKeys[];
  readonly warnings: { readonly code: number; readonly message: string }[];
  /** Ledger sequence of the last change. */
  changedSeq: number;
}

/** Creates a record from the call's first ledger entry. */
export function toCallRecord(entry: Extract<LedgerEntry, { type: 'call.created' }>): CallRecord {
  return {
    sid: entry.callSid,
    to: entry.to,
    from: entry.from,
    direction: entry.direction,
    parentCallSid: entry.parentCallSid,
    attempt: entry.attempt,
    statusCallback: entry.statusCallback,
    createdAt: entry.at,
    createdSeq: entry.seq,
    status: 'queued',
    updatedAt: entry.at,
    startedAt: null,
    rangAt: null,
    answeredAt: null,
    endedAt: null,
    beepAtMs: null,
    answeredBy: null,
    endedBy: null,
    durationSeconds: null,
    heard: [],
    said: [],
    pressed: [],
    warnings: [],
    changedSeq: entry.seq,
  };
}

/** Applies a later ledger entry of the same call to its record. */
export function applyToCall(call: CallRecord, entry: LedgerEntry): void {
  call.changedSeq = entry.seq;
  switch (entry.type) {
    case 'call.started':
      call.startedAt = entry.at;
      break;
    case 'call.rang':
      call.rangAt = entry.at;
      call.status = 'ringing';
      break;
    case 'call.answered':
      call.answeredAt = entry.at;
      call.beepAtMs = entry.beepAtMs;
      call.status = 'in-progress';
      break;
    case 'call.answered_by':
      call.answeredBy = entry.answeredBy;
      break;
    case 'call.ended':
      call.endedAt = entry.at;
      call.status = entry.status;
      call.endedBy = entry.endedBy;
      call.durationSeconds = entry.durationSeconds;
      break;
    case 'call.heard':
      call.heard.push({ atMs: entry.atMs, text: entry.text, share: entry.share });
      return;
    case 'call.said': {
      const { atMs, utterance, text, recognised, confidence } = entry;
      call.said.push({ atMs, utterance, text, recognised, confidence });
      return;
    }
    case 'call.pressed':
      call.pressed.push({ atMs: entry.atMs, digits: entry.digits, gathered: entry.gathered });
      return;
    case 'call.warning':
      call.warnings.push({ code: entry.code, message: entry.message });
      return;
    default:
      return;
  }
  call.updatedAt = entry.at;
}
