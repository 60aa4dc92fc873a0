import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import { evaluateRecognizer, isError, type UtteranceResult } from './evaluate-recognizer.js';
import { RECOGNIZERS } from './recognizers.js';
import { readSimulatorVoices, readUtterances, UtteranceSetError, type Utterance } from './utterances.js';
import { wordErrorRate } from './word-error-rate.js';

const USAGE = `Usage: npm run eval:speech -- [--dir DIR] [--recognizer NAME] [--short]

Word error rate, real-time factor and peak memory of each recognizer over NAME.wav with NAME.txt; without a folder, over the
simulated customers' utterances on a clean and on noisy lines. Each recognizer runs in a separate process, so that
its peak memory is measured alone. --short: the first 6 recordings. Exits 1 when a recording could not be evaluated, 2 for invalid arguments;
never for a high error rate.`;
const GOALS = { wordErrorRate: 0.1, realTimeFactor: 0.5, peakMemoryMb: 500 } as const;
const SIMULATOR_VOICES = 'apps/simulator/voices';
const SHORT_RECORDINGS = 6;

interface Report {
  readonly results: readonly UtteranceResult[];
  /** In MiB, for the whole process. */
  readonly peakMemoryMb: number;
}

const options = readOptions();

function readOptions(): { readonly dir?: string; readonly recognizer?: string; readonly short: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'string' },
        recognizer: { type: 'string' },
        short: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!values.help) return values;
    process.stdout.write(`${USAGE}\n`);
    process.exit(0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\n${USAGE}\n`);
    process.exit(2);
  }
}

async function readOptionUtterances(): Promise<Utterance[]> {
  const all = await (options.dir === undefined ? readSimulatorVoices(SIMULATOR_VOICES) : readUtterances(options.dir));
  return options.short ? all.slice(0, SHORT_RECORDINGS) : all;
}

/** Runs in a child process: evaluates one recognizer and reports to the parent. */
async function evaluate(name: string): Promise<void> {
  const evaluated = RECOGNIZERS[name];
  if (evaluated === undefined) throw new UtteranceSetError(`Unknown recognizer "${name}".`);
  const recognizer = await evaluated.create();
  const results: UtteranceResult[] = [];
  await evaluateRecognizer(recognizer, await readOptionUtterances(), (result) => results.push(result));
  await recognizer.close();
  const report: Report = { results, peakMemoryMb: process.resourceUsage().maxRSS / 1024 };
  process.send?.(report);
}

async function evaluateInChild(name: string): Promise<Report> {
  const dir = options.dir === undefined ? [] : ['--dir', options.dir];
  const short = options.short ? ['--short'] : [];
  const child = fork(fileURLToPath(import.meta.url), ['--recognizer', name, ...dir, ...short]);
  let report: Report | undefined;
  child.on('message', (message) => (report = message as Report));
  // The channel closes after its last message is delivered, which may be after the exit.
  await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  if (report === undefined) {
    throw new Error(
      `The evaluation of ${name} exited with ${child.exitCode ?? child.signalCode} without a report; the reason is printed above.`,
    );
  }
  return report;
}

function printReport(name: string, { results, peakMemoryMb }: Report): Record<string, Figure> {
  const audioSeconds = results.reduce((sum, one) => sum + one.audioSeconds, 0);
  const processingSeconds = results.reduce((sum, one) => sum + one.tookSeconds, 0);
  const rows = results.map((one) => [
    one.name,
    formatNumber(wordErrorRate([one])),
    `${one.substitutions}/${one.deletions}/${one.insertions}`,
    formatNumber(one.audioSeconds === 0 ? null : one.tookSeconds / one.audioSeconds),
    one.failure ?? '',
  ]);
  const resultsWithErrors = results.filter((one) => one.substitutions + one.deletions + one.insertions > 0);
  const misses = resultsWithErrors.map(
    ({ name: file, said, heard }) => `  ${file}\n    said   ${said}\n    heard  ${heard}`,
  );
  const wer = wordErrorRate(results);
  const groups = [...Map.groupBy(results, (one) => one.group)].filter(([group]) => group !== '');
  const byGroup = groups.map(
    ([group, groupResults]) => `  ${group}: WER ${formatNumber(wordErrorRate(groupResults))}\n`,
  );
  const realTime = audioSeconds === 0 ? null : processingSeconds / audioSeconds;
  process.stdout.write(
    `\n${name}: ${results.length} recordings, ${formatNumber(audioSeconds, 's')} of audio\n\n` +
      `${formatTable(['recording', 'WER', 'sub/del/ins', 'RTF', 'failure'], rows)}\n\n${misses.join('\n')}\n\n` +
      `${name}: WER ${formatNumber(wer)}, real-time factor ${formatNumber(realTime)}, peak memory ${formatNumber(peakMemoryMb, 'MiB')}\n${byGroup.join('')}`,
  );
  return {
    [`${name}.wordErrorRate`]: judged(wer, GOALS.wordErrorRate, 'at-most'),
    [`${name}.realTimeFactor`]: judged(realTime, GOALS.realTimeFactor, 'at-most'),
    [`${name}.peakMemoryMb`]: judged(peakMemoryMb, GOALS.peakMemoryMb, 'at-most'),
    [`${name}.recordings`]: reported(results.length),
    [`${name}.errors`]: judged(results.filter(isError).length, 0, 'at-most'),
  };
}

async function main(): Promise<void> {
  const installed = Object.entries(RECOGNIZERS).filter(([, { isInstalled }]) => isInstalled);
  const names = options.recognizer === undefined ? installed.map(([name]) => name) : [options.recognizer];
  const unknown = names.find((name) => !(name in RECOGNIZERS));
  if (unknown !== undefined) {
    throw new UtteranceSetError(`Unknown recognizer "${unknown}"; known are ${Object.keys(RECOGNIZERS).join(', ')}.`);
  }
  // Reads the set here too, so that an invalid set is reported once and not by every child.
  await readOptionUtterances();
  let figures: Record<string, Figure> = {};
  for (const name of names) {
    const report = await evaluateInChild(name);
    figures = { ...figures, ...printReport(name, report) };
    if (report.results.some(isError)) process.exitCode = 1;
  }
  process.stdout.write(`${jsonLine('speech', figures)}\n`);
}

try {
  if (process.send && options.recognizer !== undefined) await evaluate(options.recognizer);
  else await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UtteranceSetError ? 2 : 1;
}
