import type { TimelineEntry } from '#libs/contracts/index.js';

/** The steps of a delivery's way, by the event that ends each. */
const STEPS = [
  ['posted → call requested', 'routing.delivery.created', 'routing.call.requested'],
  ['requested → answered', 'routing.call.requested', 'telephony.call.answered'],
  ['conversation', 'telephony.call.answered', 'telephony.call.completed'],
  ['hang-up → recording stored', 'telephony.call.completed', 'telephony.recording.stored'],
  ['stored → transcript', 'telephony.recording.stored', 'transcription.recording.transcribed'],
  ['transcript → instructions', 'transcription.recording.transcribed', 'transcription.instructions.extracted'],
  ['instructions → assigned', 'transcription.instructions.extracted', 'routing.delivery.assigned'],
  ['assigned → in the inbox', 'routing.delivery.assigned', 'notifications.inbox.message-added'],
  ['in the inbox → acknowledged', 'notifications.inbox.message-added', 'notifications.inbox.message-acknowledged'],
] as const;

export interface StepFigures {
  readonly step: string;
  readonly deliveries: number;
  readonly medianMs: number;
  readonly longestMs: number;
}

/** Where the time went, over all timelines that have both ends of a step (the last of each, so the attempt that counted). */
export function timeSpent(timelines: readonly (readonly TimelineEntry[])[]): StepFigures[] {
  return STEPS.flatMap(([step, from, to]) => {
    const spans = timelines
      .flatMap((entries) => {
        const start = entries.findLast(({ event }) => event === from)?.at;
        const end = entries.findLast(({ event }) => event === to)?.at;
        return start !== undefined && end !== undefined && end >= start ? [Date.parse(end) - Date.parse(start)] : [];
      })
      .sort((a, b) => a - b);
    const longestMs = spans.at(-1);
    if (longestMs === undefined) return [];
    return [{ step, deliveries: spans.length, medianMs: spans[Math.floor(spans.length / 2)] ?? longestMs, longestMs }];
  });
}
