import { parseArgs } from 'node:util';
import { loadReaderModel } from '#libs/adapters/instruction-analyst/local/reader-model-file.js';
import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { formatNumber, formatTable, jsonLine, judged, percentile, reported, type Figure } from '../figures.js';
import { mulberry32 } from '../seeded-random.js';
import { createTextKinds, MAX_CHARACTERS } from './hostile-texts.js';

const HELP = `How long the local analyst takes for any text of up to ${MAX_CHARACTERS} characters: it runs on the event loop
of a call, so that no text may hold it up.

  npm run bench:analysis-time -- [--texts N] [--seed N] [--short]

  --texts N   texts in all (default 100000; takes minutes)
  --seed N    another choice of texts (default 1)
  --short     2,000 texts
  --help      prints this text

Prints the time by kind of text, beside that of JSON.parse of the same text, and ends with one line of JSON. Exits 1 if a
text cannot be analyzed, never for being slow: a busy machine multiplies every figure.
`;
const UTTERANCES = 'bench/analysis/sets/others-2026-12-seen.jsonl';
const GOAL_P99_MS = 5;
const GOAL_MAX_MS = 50;
const SHORT_TEXTS = 2_000;
/** Texts that are analyzed before, so that the code is compiled. */
const WARM_UP = 400;

const { values } = parseArgs({
  options: {
    texts: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
const [texts, seed] = [values.short ? SHORT_TEXTS : Number(values.texts), Number(values.seed)];
if (values.help || !Number.isInteger(texts) || texts < 1 || !Number.isInteger(seed)) {
  process.stdout.write(HELP);
  process.exit(values.help ? 0 : 2);
}

const context = {
  locale: 'en-US',
  zone: 'America/Chicago',
  question: 'open',
  now: new Date('2026-03-02T15:00:00Z'),
  planned: { start: new Date('2026-03-03T18:00:00Z'), end: new Date('2026-03-03T20:00:00Z') },
} as const;
const model = loadReaderModel();
const kinds = await createTextKinds(UTTERANCES);
const random = mulberry32(seed);
const times = new Map<string, { readonly analysis: number[]; readonly parse: number[] }>(
  kinds.map(({ name }) => [name, { analysis: [], parse: [] }]),
);
for (let index = -WARM_UP; index < texts; index += 1) {
  const kind = kinds[(index + WARM_UP) % kinds.length];
  if (!kind) break;
  const text = kind.create(random);
  const json = JSON.stringify(text);
  const began = performance.now();
  analyzeInstructions({ ...context, text }, model);
  const analyzed = performance.now();
  JSON.parse(json);
  if (index < 0) continue;
  times.get(kind.name)?.analysis.push(analyzed - began);
  times.get(kind.name)?.parse.push(performance.now() - analyzed);
}

const all = [...times.values()].flatMap(({ analysis }) => analysis);
const figures: Record<string, Figure> = {
  texts: reported(all.length),
  p50Ms: reported(percentile(all, 0.5)),
  p99Ms: judged(percentile(all, 0.99), GOAL_P99_MS, 'at-most'),
  maxMs: judged(percentile(all, 1), GOAL_MAX_MS, 'at-most'),
};
const rows = [...times].map(([name, { analysis, parse }]) => [
  name,
  formatNumber(percentile(analysis, 0.5), 'ms'),
  formatNumber(percentile(analysis, 0.99), 'ms'),
  formatNumber(percentile(analysis, 1), 'ms'),
  formatNumber(percentile(parse, 0.5), 'ms'),
]);
process.stdout.write(`${formatTable(['', 'p50', 'p99', 'most', 'JSON.parse p50'], rows)}\n`);
process.stdout.write(
  `all: p50 ${formatNumber(figures['p50Ms']?.value ?? null, 'ms')}, p99 ${formatNumber(figures['p99Ms']?.value ?? null, 'ms')} (goal ${GOAL_P99_MS} ms), most ${formatNumber(figures['maxMs']?.value ?? null, 'ms')} (goal ${GOAL_MAX_MS} ms)\n\n`,
);
process.stdout.write(`${jsonLine('analysis-time', figures)}\n`);
