import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import type { DeliveryEvidence, Evidence } from '../evidence/evidence.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** The carrier rounds durations, and pauses are trimmed. */
const DURATION_TOLERANCE_MS = 1_500;

/** Every recording that the carrier made is stored once, and its link returns the stored audio. */
export const recordingsRule: Rule = {
  number: 4,
  title: 'recordings: each stored once, and returned as it was stored',
  judge: (evidence) => evidence.deliveries.flatMap((delivery) => judgeOne(delivery, evidence)),
};

function judgeOne(delivery: DeliveryEvidence, { ledger }: Evidence): Violation[] {
  const { phone } = delivery.plan;
  const calls = ledger.calls.filter(({ to, from }) => to === phone || from === phone);
  return [...calls.flatMap((call) => judgeCall(delivery, call, ledger)), ...judgeAudio(delivery)];
}

function judgeCall(delivery: DeliveryEvidence, call: CarrierCall, ledger: Evidence['ledger']): Violation[] {
  const carrierRecordings = ledger.recordings.filter(
    ({ callSid, status }) => callSid === call.callSid && status === 'completed',
  );
  const api = delivery.calls.find(({ carrierCallId }) => carrierCallId === call.callSid);
  const attemptId = api?.attemptId ?? call.attemptId;
  const stored = delivery.recordings.filter((one) => one.attemptId === attemptId && one.state === 'stored');
  if (carrierRecordings.length === stored.length) return [];
  const carrierList = carrierRecordings
    .map(({ recordingSid, finishedAt }) => `${recordingSid} of ${formatClock(finishedAt)}`)
    .join(', ');
  const states = delivery.recordings
    .filter((one) => one.attemptId === attemptId)
    .map(({ recordingId, state }) => `${recordingId} ${state}`);
  return [
    toViolation(
      delivery,
      carrierRecordings.length > stored.length ? 'lost' : 'doubled',
      `The carrier made ${carrierRecordings.length} recordings of call ${call.callSid} (${carrierList || 'none'}), and ${stored.length} are stored` +
        ` (the API lists ${states.join(', ') || 'none'}).`,
    ),
  ];
}

function judgeAudio(delivery: DeliveryEvidence): Violation[] {
  return delivery.recordings.flatMap(({ recordingId, state, sha256, sizeBytes, durationSeconds, audio }) => {
    if (state !== 'stored') return [];
    const violation = (seen: string): Violation[] => [
      toViolation(
        delivery,
        'lost',
        `Recording ${recordingId} is stored (${sizeBytes ?? '?'} bytes, ${sha256 ?? '?'}), and ${seen}.`,
      ),
    ];
    if (audio === undefined || audio.status !== 200)
      return violation(`its link answers ${audio?.error ?? audio?.status ?? 'nothing'}`);
    if (audio.sha256 !== sha256 || audio.sizeBytes !== sizeBytes)
      return violation(`its link gives ${audio.sizeBytes} bytes with the checksum ${audio.sha256}`);
    const isDurationCorrect = Math.abs((audio.durationMs ?? 0) - durationSeconds * 1_000) <= DURATION_TOLERANCE_MS;
    return isDurationCorrect
      ? []
      : violation(`its audio lasts ${audio.durationMs ?? 0} ms instead of ${durationSeconds} s`);
  });
}
