import { parseArgs } from 'node:util';
import { loadReaderModel } from '#libs/adapters/instruction-analyst/local/reader-model-file.js';
import { formatTable, jsonLine, judged, percentile, reported } from '../figures.js';
import { judgeCall, type Judgment } from './judge-call.js';
import type { Manner } from './persona.js';
import { ENGLISH } from './personas-en.js';
import { SPANISH } from './personas-es.js';
import { playCall, THINK_SECONDS, type PlayedCall } from './play-call.js';

const HELP = `Plays personas against the voice flow and prints how long each call takes and what was understood.

  npm run bench:conversation -- [--transcripts] [--short]

Both sides speak 2.5 words a second, and a person thinks ${THINK_SECONDS} s before each answer. No one barges in.

  --transcripts  prints every dialogue
  --short        plays the same personas; the bench takes seconds
  --help         prints this text
`;
/** Seconds until the end of the first question, for every call. */
const FIRST_QUESTION_GOAL_SECONDS = 12;
/** Median seconds of a call with a customer who answers what is asked, and with one who says everything at once. */
const COOPERATIVE_GOAL_SECONDS = 35;
const AT_ONCE_GOAL_SECONDS = 28;

interface JudgedCall {
  readonly call: PlayedCall;
  readonly judgment: Judgment;
}

const { values } = parseArgs({
  options: { transcripts: { type: 'boolean' }, short: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) process.stdout.write(HELP);
else run();

function run(): void {
  const model = loadReaderModel();
  const calls = [...ENGLISH, ...SPANISH].map((persona) => playCall(persona, model));
  const all = calls.map((call): JudgedCall => ({ call, judgment: judgeCall(call) }));
  if (values.transcripts) for (const { call } of all) printDialogue(call);
  const rows = all.map(({ call, judgment }) => [
    `${call.persona.language} ${call.persona.name}`,
    call.firstQuestionSeconds.toFixed(1),
    call.totalSeconds.toFixed(1),
    String(call.turns),
    describe(judgment),
  ]);
  print(formatTable(['persona', 'first question s', 'total s', 'turns', 'understood'], rows));
  const firstSeconds = Math.max(...calls.map(({ firstQuestionSeconds }) => firstQuestionSeconds));
  const countFaults = (kind: 'missing' | 'wrong'): number =>
    all.filter(({ judgment }) => judgment[kind].length > 0).length;
  const figures = {
    personas: reported(calls.length),
    firstQuestionSeconds: judged(firstSeconds, FIRST_QUESTION_GOAL_SECONDS, 'at-most'),
    cooperativeMedianSeconds: judged(median(calls, 'cooperative'), COOPERATIVE_GOAL_SECONDS, 'at-most'),
    atOnceMedianSeconds: judged(median(calls, 'at_once'), AT_ONCE_GOAL_SECONDS, 'at-most'),
    otherMedianSeconds: reported(median(calls, 'other')),
    callsWithLoss: judged(countFaults('missing'), 0, 'at-most'),
    callsWithWrongDecision: judged(countFaults('wrong'), 0, 'at-most'),
  };
  print('');
  for (const [name, { value, goal, met }] of Object.entries(figures))
    print(`${name} ${value ?? '–'}${goal === null ? '' : ` (goal ${goal}: ${met ? 'met' : 'missed'})`}`);
  print(jsonLine('conversation', figures));
  process.exitCode = figures.callsWithLoss.met && figures.callsWithWrongDecision.met ? 0 : 1;
}

function median(calls: readonly PlayedCall[], manner: Manner): number | null {
  const seconds = calls.filter(({ persona }) => persona.manner === manner).map(({ totalSeconds }) => totalSeconds);
  return percentile(seconds, 0.5);
}

function describe({ missing, wrong }: Judgment): string {
  const faults = [...missing.map((field) => `lacks ${field}`), ...wrong.map((field) => `wrong: ${field}`)];
  return faults.length === 0 ? 'all' : faults.join(', ');
}

function printDialogue({ persona, lines }: PlayedCall): void {
  print(`${persona.name} (${persona.language})`);
  for (const line of lines) print(line);
  print('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
