import { readFile } from 'node:fs/promises';

/** One call as the carrier saw it. Instants are UTC epoch milliseconds. */
export interface CarrierCall {
  readonly callSid: string;
  readonly to: string;
  readonly from: string;
  readonly direction: string;
  /** The attempt's id, which the product attaches to the call; absent for customers' own calls. */
  readonly attemptId: string | undefined;
  readonly createdAt: number;
  startedAt?: number;
  rangAt?: number;
  answeredAt?: number;
  /** Whether a machine answered. */
  isMachine?: boolean;
  endedAt?: number;
  status?: string;
  endedBy?: string;
  readonly heard: { readonly seq: number; readonly at: number; readonly text: string }[];
  /** Keys and words in the order in which they occurred. */
  readonly acts: {
    readonly seq: number;
    readonly at: number;
    readonly keys?: string;
    /** The voice's name and its words. */
    readonly utterance?: string;
    readonly words?: string;
  }[];
}

export interface CarrierRecording {
  readonly recordingSid: string;
  readonly callSid: string;
  readonly startedAt: number;
  finishedAt?: number;
  /** `absent`: nothing was recorded. */
  status?: string;
  durationMs?: number;
}

export interface CarrierText {
  readonly messageSid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly direction: string;
  readonly at: number;
}

export interface CarrierLedger {
  readonly calls: readonly CarrierCall[];
  readonly recordings: readonly CarrierRecording[];
  readonly texts: readonly CarrierText[];
}

interface Entry {
  readonly type: string;
  readonly at: number;
  /** Its position in the ledger. */
  readonly seq: number;
  readonly callSid: string;
  readonly recordingSid: string;
  readonly [field: string]: unknown;
}

/** Reads the carrier's append-only ledger: JSON lines, each synced to disk before the product receives the fact. */
export async function readLedger(file: string): Promise<CarrierLedger> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return foldLedger(lines.map((line) => JSON.parse(line) as Entry));
}

export function foldLedger(entries: readonly Entry[]): CarrierLedger {
  const calls = new Map<string, CarrierCall>();
  const recordings = new Map<string, CarrierRecording>();
  const texts: CarrierText[] = [];
  for (const entry of entries) {
    const call = calls.get(entry.callSid);
    const recording = recordings.get(entry.recordingSid);
    if (entry.type === 'call.created') calls.set(entry.callSid, toCall(entry));
    else if (entry.type.startsWith('call.') && call) applyToCall(call, entry);
    else if (entry.type === 'recording.started') {
      const { recordingSid, callSid, at } = entry;
      recordings.set(recordingSid, { recordingSid, callSid, startedAt: at });
    } else if (entry.type === 'recording.finished' && recording) {
      recording.finishedAt = entry.at;
      recording.status = text(entry, 'status');
      recording.durationMs = Number(entry['durationMs']);
    } else if (entry.type === 'message.created') {
      const field = (name: string): string => text(entry, name);
      texts.push({
        messageSid: field('messageSid'),
        to: field('to'),
        from: field('from'),
        body: field('body'),
        direction: field('direction'),
        at: entry.at,
      });
    }
  }
  return { calls: [...calls.values()], recordings: [...recordings.values()], texts };
}

function toCall(entry: Entry): CarrierCall {
  const attempt = (entry['attempt'] ?? {}) as Record<string, string>;
  return {
    callSid: entry.callSid,
    to: text(entry, 'to'),
    from: text(entry, 'from'),
    direction: text(entry, 'direction'),
    attemptId: attempt['attemptId'],
    createdAt: entry.at,
    heard: [],
    acts: [],
  };
}

function applyToCall(call: CarrierCall, entry: Entry): void {
  const { at, seq } = entry;
  switch (entry.type) {
    case 'call.started':
      call.startedAt = at;
      return;
    case 'call.rang':
      call.rangAt = at;
      return;
    case 'call.answered':
      call.answeredAt = at;
      call.isMachine = entry['beepAtMs'] !== null;
      return;
    case 'call.heard':
      call.heard.push({ seq, at, text: text(entry, 'text') });
      return;
    case 'call.pressed':
      call.acts.push({ seq, at, keys: text(entry, 'digits') });
      return;
    case 'call.said':
      call.acts.push({ seq, at, utterance: text(entry, 'utterance'), words: text(entry, 'text') });
      return;
    case 'call.ended':
      call.endedAt = at;
      call.status = text(entry, 'status');
      call.endedBy = text(entry, 'endedBy');
      return;
    default:
  }
}

const text = (entry: Entry, name: string): string => {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
};
