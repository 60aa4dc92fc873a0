import type { AmdRequest, CallClock, CallServices } from '../call-line/call-line.module.js';
import { WebhookFailedError } from '../webhooks/webhooks.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';

/** Duration of the detection, in simulated ms: a person says a short hello, a machine keeps talking. */
const humanDetectionMs = 2200;
const machineDetectionMs = 3600;

export interface Detection {
  readonly answeredBy: 'human' | 'machine_start' | 'machine_end_beep';
  readonly afterMs: number;
}

/**
 * Simulates answering machine detection on an answered call.
 * @param beepAtMs null if a person answered
 */
export function detectAnsweringMachine(mode: AmdRequest['mode'], beepAtMs: number | null): Detection {
  if (beepAtMs === null) return { answeredBy: 'human', afterMs: humanDetectionMs };
  if (mode === 'Enable') return { answeredBy: 'machine_start', afterMs: machineDetectionMs };
  return { answeredBy: 'machine_end_beep', afterMs: Math.max(machineDetectionMs, beepAtMs) };
}

/** Detects asynchronously and reports to the AMD callback. A call that has ended is not reported. */
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
