import { columns, judged, percentile, rounded, shown, told, type Figure } from '../figures.js';
import type { AloneFigures } from './apps-alone.js';
import { GOAL_AT_RATE, GOAL_P99_MS, STRETCH_RATE, type Climbed } from './event-latency.js';
import type { RecogniserFigures } from './recogniser.js';
import type { RunFigures, stepsOf } from './run-figures.js';

const GOAL_READY_MS = 3_000;
const GOAL_RESIDENT_MB = 250;

type Figures = Record<string, Figure>;

export function aloneFigures(alone: readonly AloneFigures[]): Figures {
  return Object.fromEntries(
    alone.flatMap(({ app, readyMs, residentMb }) => [
      [`readyMs.${app}`, judged(readyMs, GOAL_READY_MS, 'at-most')],
      [`idleMb.${app}`, judged(residentMb, GOAL_RESIDENT_MB, 'at-most')],
    ]),
  );
}

export function printAlone(alone: readonly AloneFigures[]): string {
  const rows = alone.map(({ app, readyMs, residentMb }) => [app, shown(readyMs), shown(residentMb)]);
  const goal = ['goal', `≤ ${GOAL_READY_MS}`, `≤ ${GOAL_RESIDENT_MB}`];
  return titled('Each app alone, idle', columns(['app', 'ready after ms', 'resident MB'], [...rows, goal]));
}

export function eventFigures({ mesh, raw }: { readonly mesh: Climbed; readonly raw: Climbed }): Figures {
  const at = (climbed: Climbed) => climbed.figures.find(({ rate }) => rate === GOAL_AT_RATE);
  return {
    [`eventP50MsAt${GOAL_AT_RATE}`]: told(at(mesh)?.p50Ms ?? null),
    [`eventP99MsAt${GOAL_AT_RATE}`]: judged(at(mesh)?.p99Ms ?? null, GOAL_P99_MS, 'at-most'),
    eventHighestRate: judged(mesh.highestRate, STRETCH_RATE, 'at-least'),
    [`rawJetStreamP99MsAt${GOAL_AT_RATE}`]: told(at(raw)?.p99Ms ?? null),
    rawJetStreamHighestRate: told(raw.highestRate),
  };
}

export function printEvents({ mesh, raw }: { readonly mesh: Climbed; readonly raw: Climbed }): string {
  const rates = [...new Set([...mesh.figures, ...raw.figures].map(({ rate }) => rate))].sort((a, b) => a - b);
  const cells = ({ figures }: Climbed, rate: number): string[] => {
    const found = figures.find((figure) => figure.rate === rate);
    return found ? [shown(found.p50Ms), shown(found.p99Ms), String(found.lost)] : ['not tried', '', ''];
  };
  const headings = ['events/s', 'ours p50 ms', 'p99', 'lost', 'raw JetStream p50 ms', 'p99', 'lost'];
  const rows = rates.map((rate) => [String(rate), ...cells(mesh, rate), ...cells(raw, rate)]);
  return titled(
    `Events, all apps up: highest rate with p99 ≤ ${GOAL_P99_MS} ms is ${mesh.highestRate}/s, raw ${raw.highestRate}/s (of those tried)`,
    columns(headings, rows),
  );
}

export function runFigures(run: RunFigures, residentMb: ReadonlyMap<string, number>, mistakes: number): Figures {
  const { cpuMsPerDelivery: cpu, transcriptToToldMs: notificationMs } = run;
  return {
    lostDoubledOrWrong: judged(mistakes, 0, 'at-most'),
    callsRepeated: judged(run.callsRepeated, 0, 'at-most'),
    postedPerSecond: told(run.postedPerSecond),
    deliveriesPerSecond: told(run.deliveriesPerSecond),
    transcriptToToldP50Ms: told(percentile(notificationMs, 0.5)),
    transcriptToToldP99Ms: told(percentile(notificationMs, 0.99)),
    cpuMsPerDelivery: told(sum(cpu, ({ 0: name }) => name !== 'bench')),
    ...Object.fromEntries([...cpu].map(([name, ms]) => [`cpuMsPerDelivery.${name}`, told(ms)])),
    ...Object.fromEntries([...residentMb].map(([name, mb]) => [`residentMbAfter.${name}`, told(mb)])),
  };
}

export function printRun(
  run: RunFigures,
  steps: ReturnType<typeof stepsOf>,
  residentMb: ReadonlyMap<string, number>,
): string {
  const cpu = [...run.cpuMsPerDelivery].map(([name, ms]) => [name, shown(ms), shown(residentMb.get(name) ?? null)]);
  const spans = steps.map(({ step, p50, p99 }) => [step, shown(p50), shown(p99)]);
  const notificationMs = run.transcriptToToldMs;
  return [
    titled('CPU of each process', columns(['process', 'CPU ms/delivery', 'resident MB after'], cpu)),
    titled(
      'Where the deliveries’ time went (all at once, so mostly queueing)',
      columns(['step', 'p50 ms', 'p99 ms'], spans),
    ),
    titled(
      'Deliveries from POST to acknowledgement',
      columns(
        ['figure', 'value'],
        [
          ['posts accepted', shown(run.postedPerSecond, '/s')],
          ['deliveries end to end', shown(run.deliveriesPerSecond, '/s')],
          ['transcript → agent notified, p50', shown(percentile(notificationMs, 0.5), 'ms')],
          ['transcript → agent notified, p99', shown(percentile(notificationMs, 0.99), 'ms')],
          ['messages that agents had to request', String(run.replayed)],
          ['calls that were dropped and retried', String(run.callsRepeated)],
          ['events per delivery', shown(run.eventsPerDelivery)],
        ],
      ),
    ),
  ].join('\n');
}

export function recogniserFigures({ audioSeconds, wallSeconds, cpuSeconds }: RecogniserFigures): Figures {
  return {
    recogniserAudioSecondsPerSecond: told(audioSeconds / wallSeconds),
    recogniserAudioSecondsPerCpuSecond: told(audioSeconds / cpuSeconds),
  };
}

export function printRecogniser({ utterances, audioSeconds, wallSeconds, cpuSeconds }: RecogniserFigures): string {
  const perCpu = rounded(audioSeconds / cpuSeconds) ?? 0;
  return titled(
    'The local recognizer',
    `${utterances} utterances, ${shown(audioSeconds)} s of speech: ${shown(audioSeconds / wallSeconds)} s of speech per second, ${perCpu} s per CPU second`,
  );
}

const titled = (title: string, text: string): string => `\n${title}\n\n${text}\n`;

function sum(values: ReadonlyMap<string, number>, which: (entry: [string, number]) => boolean): number {
  return [...values].filter(which).reduce((total, [, value]) => total + value, 0);
}
