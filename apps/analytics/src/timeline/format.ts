import type { CallOutcome, Instructions, TimeWindow } from '#libs/contracts/index.js';

/** Masks a phone number as `+1••••••••23`, so that a reader can recognize it but not call it. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 2)}${'•'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-2)}`;
}

/** Formats an ISO 8601 instant as `2026-03-02 15:00 UTC`. */
export function describeInstant(instant: string): string {
  const iso = new Date(instant).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Formats a window as `2026-03-02 15:00–17:00 UTC`, with both dates if it spans midnight UTC. */
export function describeWindow({ start, end }: TimeWindow): string {
  const [from, to] = [describeInstant(start), describeInstant(end)];
  return from.slice(0, 10) === to.slice(0, 10) ? `${from.slice(0, 16)}–${to.slice(11)}` : `${from} – ${to}`;
}

/** Formats a duration as `800 ms`, `12 s` or `5 min`. */
export function describeDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export const pluralize = (count: number, singular: string, plural: string): string =>
  `${count} ${count === 1 ? singular : plural}`;

const MAX_QUOTE_LENGTH = 600;

/** Quotes what a person said or wrote, truncated to 600 characters. */
export function quote(text: string): string {
  return `“${text.length <= MAX_QUOTE_LENGTH ? text : `${text.slice(0, MAX_QUOTE_LENGTH - 1)}…`}”`;
}

const OUTCOME_TEXT: Record<CallOutcome, string> = {
  answered: 'answered',
  voicemail: 'voicemail',
  busy: 'busy',
  no_answer: 'no answer',
  failed: 'failed',
  canceled: 'canceled',
  dropped: 'hung up halfway',
  hung_up_early: 'the customer hung up during the first words',
  not_placed: 'not placed',
};

export const describeOutcome = (outcome: CallOutcome): string => OUTCOME_TEXT[outcome];

/** Summarizes instructions without the value of the access code. */
export function describeInstructions(instructions: Instructions): string {
  const { present, availability, unavailable, safePlace, recipient } = instructions;
  const { accessCode, reschedule, hazards, handling } = instructions;
  const parts = [
    ...(present ? [present.value ? 'someone will be there' : 'no one will be there'] : []),
    ...(availability?.value.length ? [`available ${availability.value.map(describeWindow).join(', ')}`] : []),
    ...(unavailable?.value.length ? [`unavailable ${unavailable.value.map(describeWindow).join(', ')}`] : []),
    ...(safePlace ? [`leave at: ${safePlace.value.replaceAll('_', ' ')}`] : []),
    ...(recipient ? [`recipient: ${recipient.value.name ?? 'someone else'}`] : []),
    ...(accessCode ? ['an access code'] : []),
    ...(reschedule ? [describeRescheduling(reschedule.value.to)] : []),
    ...describeFlags(instructions),
    ...(hazards?.value ?? []).map((hazard) => `beware: ${hazard}`),
    ...(handling?.value ?? []).map((request) => request.replaceAll('_', ' ')),
  ];
  return parts.length === 0 ? 'no instructions' : parts.join('; ');
}

const describeRescheduling = (to: TimeWindow | null): string =>
  to ? `another time: ${describeWindow(to)}` : 'another time, not specified';

function describeFlags({ refused, optOut, callAhead, needsHuman, urgent, questions }: Instructions): string[] {
  return [
    ...(refused?.value ? ['does not want the parcel'] : []),
    ...(optOut?.value ? ['wants no more calls'] : []),
    ...(callAhead?.value ? ['call before arrival'] : []),
    ...(urgent?.value ? ['urgent'] : []),
    ...(questions?.value ?? []).map(({ about }) => `speech and keys contradict each other about ${about}`),
    ...(needsHuman?.value ? ['wants to talk to a person'] : []),
  ];
}
