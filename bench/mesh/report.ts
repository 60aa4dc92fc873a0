import { formatTable, judged, percentile, roundFigure, formatNumber, reported, type Figure } from '../figures.js';
import type { AloneFigures } from './apps-alone.js';
import { GOAL_AT_RATE, GOAL_P99_MS, STRETCH_RATE, type RateSeries } from './event-latency.js';
import type { RecognizerFigures } from './recognizer.js';
import type { RunFigures, measureSteps } from './run-figures.js';

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

export function formatAlone(alone: readonly AloneFigures[]): string {
  const rows = alone.map(({ app, readyMs, residentMb }) => [app, formatNumber(readyMs), formatNumber(residentMb)]);
  const goal = ['goal', `≤ ${GOAL_READY_MS}`, `≤ ${GOAL_RESIDENT_MB}`];
  return withTitle('Each app alone, idle', formatTable(['app', 'ready after ms', 'resident MB'], [...rows, goal]));
}

export function eventFigures({ mesh, raw }: { readonly mesh: RateSeries; readonly raw: RateSeries }): Figures {
  const findAtGoalRate = (climbed: RateSeries) => climbed.figures.find(({ rate }) => rate === GOAL_AT_RATE);
  return {
    [`eventP50MsAt${GOAL_AT_RATE}`]: reported(findAtGoalRate(mesh)?.p50Ms ?? null),
    [`eventP99MsAt${GOAL_AT_RATE}`]: judged(findAtGoalRate(mesh)?.p99Ms ?? null, GOAL_P99_MS, 'at-most'),
    eventHighestRate: judged(mesh.highestRate, STRETCH_RATE, 'at-least'),
    [`rawJetStreamP99MsAt${GOAL_AT_RATE}`]: reported(findAtGoalRate(raw)?.p99Ms ?? null),
    rawJetStreamHighestRate: reported(raw.highestRate),
  };
}

export function formatEvents({ mesh, raw }: { readonly mesh: RateSeries; readonly raw: RateSeries }): string {
  const rates = [...new Set([...mesh.figures, ...raw.figures].map(({ rate }) => rate))].sort((a, b) => a - b);
  const cells = ({ figures }: RateSeries, rate: number): string[] => {
    const found = figures.find((figure) => figure.rate === rate);
    return found
      ? [formatNumber(found.p50Ms), formatNumber(found.p99Ms), String(found.lost)]
      : ['not measured', '', ''];
  };
  const headings = ['events/s', 'ours p50 ms', 'p99', 'lost', 'raw JetStream p50 ms', 'p99', 'lost'];
  const rows = rates.map((rate) => [String(rate), ...cells(mesh, rate), ...cells(raw, rate)]);
  return withTitle(
    `Events, all apps up: highest rate with p99 ≤ ${GOAL_P99_MS} ms is ${mesh.highestRate}/s, raw ${raw.highestRate}/s (of those measured)`,
    formatTable(headings, rows),
  );
}

export function runFigures(run: RunFigures, residentMb: ReadonlyMap<string, number>, errorCount: number): Figures {
  const { cpuMsPerDelivery: cpu, transcriptToNotificationMs: notificationMs } = run;
  return {
    lostDoubledOrWrong: judged(errorCount, 0, 'at-most'),
    callsRepeated: judged(run.callsRepeated, 0, 'at-most'),
    postedPerSecond: reported(run.postedPerSecond),
    deliveriesPerSecond: reported(run.deliveriesPerSecond),
    transcriptToToldP50Ms: reported(percentile(notificationMs, 0.5)),
    transcriptToToldP99Ms: reported(percentile(notificationMs, 0.99)),
    cpuMsPerDelivery: reported(sum(cpu, ({ 0: name }) => name !== 'bench')),
    ...Object.fromEntries([...cpu].map(([name, ms]) => [`cpuMsPerDelivery.${name}`, reported(ms)])),
    ...Object.fromEntries([...residentMb].map(([name, mb]) => [`residentMbAfter.${name}`, reported(mb)])),
  };
}

export function formatRun(
  run: RunFigures,
  steps: ReturnType<typeof measureSteps>,
  residentMb: ReadonlyMap<string, number>,
): string {
  const cpu = [...run.cpuMsPerDelivery].map(([name, ms]) => [
    name,
    formatNumber(ms),
    formatNumber(residentMb.get(name) ?? null),
  ]);
  const spans = steps.map(({ step, p50, p99 }) => [step, formatNumber(p50), formatNumber(p99)]);
  const notificationMs = run.transcriptToNotificationMs;
  return [
    withTitle('CPU of each process', formatTable(['process', 'CPU ms/delivery', 'resident MB after'], cpu)),
    withTitle(
      'Duration of each step (all deliveries at once, so mostly queueing)',
      formatTable(['step', 'p50 ms', 'p99 ms'], spans),
    ),
    withTitle(
      'Deliveries from POST to acknowledgement',
      formatTable(
        ['figure', 'value'],
        [
          ['posts accepted', formatNumber(run.postedPerSecond, '/s')],
          ['deliveries end to end', formatNumber(run.deliveriesPerSecond, '/s')],
          ['transcript → agent notified, p50', formatNumber(percentile(notificationMs, 0.5), 'ms')],
          ['transcript → agent notified, p99', formatNumber(percentile(notificationMs, 0.99), 'ms')],
          ['messages that agents had to request', String(run.replayed)],
          ['calls that were dropped and retried', String(run.callsRepeated)],
          ['events per delivery', formatNumber(run.eventsPerDelivery)],
        ],
      ),
    ),
  ].join('\n');
}

export function recognizerFigures({ audioSeconds, wallSeconds, cpuSeconds }: RecognizerFigures): Figures {
  return {
    recogniserAudioSecondsPerSecond: reported(audioSeconds / wallSeconds),
    recogniserAudioSecondsPerCpuSecond: reported(audioSeconds / cpuSeconds),
  };
}

export function formatRecognizer({ utterances, audioSeconds, wallSeconds, cpuSeconds }: RecognizerFigures): string {
  const perCpu = roundFigure(audioSeconds / cpuSeconds) ?? 0;
  return withTitle(
    'The local recognizer',
    `${utterances} utterances, ${formatNumber(audioSeconds)} s of speech: ${formatNumber(audioSeconds / wallSeconds)} s of speech per second, ${perCpu} s per CPU second`,
  );
}

const withTitle = (title: string, text: string): string => `\n${title}\n\n${text}\n`;

function sum(values: ReadonlyMap<string, number>, which: (entry: [string, number]) => boolean): number {
  return [...values].filter(which).reduce((total, [, value]) => total + value, 0);
}
