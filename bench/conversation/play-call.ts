import type { ReaderModel } from '#libs/domain/instructions/reading/reader-model.js';
import {
  advance,
  startVoiceFlow,
  type Decision,
  type Step,
  type Verb,
  type VoiceFlowContext,
} from '#libs/domain/voice-flow/index.js';
import { getAct, toInput, type Act, type Persona } from './persona.js';

/** 150 words a minute, for both sides. */
const WORDS_PER_SECOND = 2.5;
/** Time from the end of a prompt to the first word or key of an answer. */
export const THINK_SECONDS = 0.5;
const SECONDS_PER_KEY = 0.3;
const MAX_TURNS = 40;

const hours = (day: number, from: number, to: number) => ({
  start: new Date(Date.UTC(2026, 2, day, from)),
  end: new Date(Date.UTC(2026, 2, day, to)),
});

const toContext = (language: Persona['language'], model: ReaderModel): VoiceFlowContext => ({
  organizationName: 'Acme Parcels',
  customerName: 'Ana',
  planned: hours(2, 20, 22),
  now: new Date(Date.UTC(2026, 2, 1, 16)),
  loadReader: () => model,
  zone: 'America/Chicago',
  language,
  recordConsentNeeded: true,
  offeredSlots: [
    { id: 's1', window: hours(3, 15, 17) },
    { id: 's2', window: hours(4, 20, 22) },
  ],
});

/** A call as it was played. */
export interface PlayedCall {
  readonly persona: Persona;
  /** Until the end of the first question. */
  readonly firstQuestionSeconds: number;
  readonly totalSeconds: number;
  readonly turns: number;
  readonly decisions: readonly Decision[];
  readonly lines: readonly string[];
}

/** Plays a persona against the voice flow until the call ends. */
export function playCall(persona: Persona, model: ReaderModel): PlayedCall {
  let context = toContext(persona.language, model);
  let step = startVoiceFlow(context);
  const firstQuestionSeconds = toSpokenSeconds(step.verbs);
  let elapsed = 0;
  const asked = new Map<string, number>();
  const decisions: Decision[] = [];
  const lines: string[] = [];
  let turns = 0;
  for (; turns < MAX_TURNS; turns += 1) {
    elapsed += toSpokenSeconds(step.verbs);
    lines.push(`  DelAuto: ${toText(step)}`);
    decisions.push(...step.decisions);
    if (step.state.step === 'ended') break;
    const count = asked.get(step.state.step) ?? 0;
    asked.set(step.state.step, count + 1);
    const act = getAct(persona, step.state.step, count);
    elapsed += toActSeconds(act, step.verbs);
    lines.push(`  ${persona.name}: ${toLine(act)}`);
    const isRecorded = context.isRecorded === true || step.verbs.some(({ kind }) => kind === 'startRecording');
    context = { ...context, elapsedSeconds: elapsed, isRecorded };
    step = advance(step.state, toInput(act), context);
  }
  return { persona, firstQuestionSeconds, totalSeconds: elapsed, turns, decisions, lines };
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

function toSpokenSeconds(verbs: readonly Verb[]): number {
  return verbs.reduce((sum, verb) => {
    if (verb.kind === 'say') return sum + countWords(verb.text) / WORDS_PER_SECOND;
    if (verb.kind === 'pause') return sum + verb.seconds;
    if (verb.kind !== 'gather') return sum;
    return sum + countWords(verb.prompt.map(({ text }) => text).join(' ')) / WORDS_PER_SECOND;
  }, 0);
}

function toActSeconds(act: Act, verbs: readonly Verb[]): number {
  switch (act.kind) {
    case 'say':
      return THINK_SECONDS + countWords(act.text) / WORDS_PER_SECOND;
    case 'press':
      return THINK_SECONDS + act.digits.length * SECONDS_PER_KEY;
    case 'silent':
      return verbs.reduce((sum, verb) => sum + (verb.kind === 'gather' ? verb.timeoutSeconds : 0), 0);
    case 'hangUp':
      return 0;
  }
}

const toText = ({ verbs }: Step): string =>
  verbs
    .flatMap((verb) => (verb.kind === 'say' ? [verb] : verb.kind === 'gather' ? verb.prompt : []))
    .map(({ text }) => text)
    .join(' ');

function toLine(act: Act): string {
  switch (act.kind) {
    case 'say':
      return act.text;
    case 'press':
      return `[presses ${act.digits}]`;
    case 'silent':
      return '[says nothing]';
    case 'hangUp':
      return '[hangs up]';
  }
}
