import type { AmdRequest, CallClock, CallServices } from '../call-line/call-line.module.js';
import { WebhookFailedError } from '../webhooks/webhooks.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';

/** Duration of the detection of a person, who says a short hello, in simulated ms. */
const HUMAN_DETECTION_MS = 2200;
/** Duration of the detection of a machine, which keeps talking, in simulated ms. */
const MACHINE_DETECTION_MS = 3600;

/** The result of an answering machine detection. */
export interface Detection {
  readonly answeredBy: 'human' | 'machine_start' | 'machine_end_beep';
  /** Duration of the detection, in simulated ms. */
  readonly afterMs: number;
}

/**
 * Simulates answering machine detection on an answered call.
 * @param beepAtMs start of the machine's recording, in simulated ms after the answer; null if a person answered
 */
export function detectAnsweringMachine(mode: AmdRequest['mode'], beepAtMs: number | null): Detection {
  if (beepAtMs === null) return { answeredBy: 'human', afterMs: HUMAN_DETECTION_MS };
  if (mode === 'Enable') return { answeredBy: 'machine_start', afterMs: MACHINE_DETECTION_MS };
  return { answeredBy: 'machine_end_beep', afterMs: Math.max(MACHINE_DETECTION_MS, beepAtMs) };
}

/** Detects asynchronously and reports the result to the AMD callback, unless the call has ended. */
export async function detectInBackground(
  services: CallServices,
  call: CallRecord,
  clock: CallClock,
  amd: AmdRequest,
): Promise<void> {
  const { answeredBy, afterMs } = detectAnsweringMachine(amd.mode, call.beepAtMs);
  await clock.waitUntil(afterMs);
  if (call.status !== 'in-progress') return;
  services.ledger.append({ type: 'call.answered_by', callSid: call.sid, answeredBy });
  if (amd.callback === null) return;
  try {
    await services.webhooks.send(amd.callback.url, amd.callback.method, {
      CallSid: call.sid,
      AccountSid: services.config.accountSid,
      AnsweredBy: answeredBy,
      MachineDetectionDuration: String(afterMs),
    });
  } catch (error) {
    if (!(error instanceof WebhookFailedError)) throw error;
    services.ledger.append({ type: 'call.warning', callSid: call.sid, code: error.code, message: error.message });
  }
}
