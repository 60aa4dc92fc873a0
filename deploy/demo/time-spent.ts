import type { TimelineEntry } from '#libs/contracts/index.js';

/** The steps of a delivery: name, first event, last event. */
const STEPS = [
  ['created → call requested', 'routing.delivery.created', 'routing.call.requested'],
  ['call requested → answered', 'routing.call.requested', 'telephony.call.answered'],
  ['conversation', 'telephony.call.answered', 'telephony.call.completed'],
  ['hang-up → recording stored', 'telephony.call.completed', 'telephony.recording.stored'],
  ['stored → transcript', 'telephony.recording.stored', 'transcription.recording.transcribed'],
  ['transcript → instructions', 'transcription.recording.transcribed', 'transcription.instructions.extracted'],
  ['instructions → assigned', 'transcription.instructions.extracted', 'routing.delivery.assigned'],
  ['assigned → message in inbox', 'routing.delivery.assigned', 'notifications.inbox.message-added'],
  ['message in inbox → acknowledged', 'notifications.inbox.message-added', 'notifications.inbox.message-acknowledged'],
] as const;

export interface StepFigures {
  readonly step: string;
  readonly deliveries: number;
  readonly medianMs: number;
  readonly maxMs: number;
}

/**
 * Returns the duration of each step, over all timelines that contain both of its events. Uses the last occurrence of
 * each event, which belongs to the successful attempt.
 */
export function measureSteps(timelines: readonly (readonly TimelineEntry[])[]): StepFigures[] {
  return STEPS.flatMap(([step, from, to]) => {
    const durationsMs = timelines
      .flatMap((entries) => {
        const start = entries.findLast(({ event }) => event === from)?.at;
        const end = entries.findLast(({ event }) => event === to)?.at;
        return start !== undefined && end !== undefined && end >= start ? [Date.parse(end) - Date.parse(start)] : [];
      })
      .sort((a, b) => a - b);
    const maxMs = durationsMs.at(-1);
    if (maxMs === undefined) return [];
    return [
      {
        step,
        deliveries: durationsMs.length,
        medianMs: durationsMs[Math.floor(durationsMs.length / 2)] ?? maxMs,
        maxMs,
      },
    ];
  });
}
