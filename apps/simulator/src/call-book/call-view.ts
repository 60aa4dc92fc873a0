import type { CallRecord, HeardPrompt, PressedKeys, SaidUtterance } from './call-record.js';

const toIso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** One call in the control API. Instants are ISO 8601 in UTC; offsets are simulated ms after the answer. */
export interface CallView {
  /** Increases with each change of the call. Pass the reply's `cursor` as `since` to get only newer changes. */
  readonly seq: number;
  readonly callSid: string;
  readonly parentCallSid: string | null;
  readonly direction: string;
  readonly to: string;
  readonly from: string;
  readonly attempt: Readonly<Record<string, string>>;
  readonly status: string;
  readonly createdAt: string | null;
  readonly dialledAt: string | null;
  readonly rangAt: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly durationSeconds: number | null;
  readonly heard: readonly HeardPrompt[];
  readonly said: readonly SaidUtterance[];
  readonly pressed: readonly PressedKeys[];
  readonly digits: string;
  /** The message that DelAuto left on an answering machine: all prompts after the beep. Null if no machine answered. */
  readonly leftOnVoicemail: string | null;
  readonly warnings: readonly { readonly code: number; readonly message: string }[];
}

export function toCallView(call: CallRecord): CallView {
  const { beepAtMs } = call;
  return {
    seq: call.changedSeq,
    callSid: call.sid,
    parentCallSid: call.parentCallSid,
    direction: call.direction,
    to: call.to,
    from: call.from,
    attempt: call.attempt,
    status: call.status,
    createdAt: toIso(call.createdAt),
    dialledAt: toIso(call.startedAt),
    rangAt: toIso(call.rangAt),
    answeredAt: toIso(call.answeredAt),
    answeredBy: call.answeredBy,
    endedAt: toIso(call.endedAt),
    endedBy: call.endedBy,
    durationSeconds: call.durationSeconds,
    heard: call.heard,
    said: call.said,
    pressed: call.pressed,
    digits: call.pressed.map(({ digits }) => digits).join(''),
    leftOnVoicemail:
      beepAtMs === null
        ? null
        : call.heard
            .filter(({ atMs }) => atMs >= beepAtMs)
            .map(({ text }) => text)
            .join(' '),
    warnings: call.warnings,
  };
}
