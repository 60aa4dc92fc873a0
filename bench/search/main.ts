import { parseArgs } from 'node:util';
import { formatTable, jsonLine, judged, percentile, formatNumber, reported, type Figure } from '../figures.js';
import { mulberry32 } from '../seeded-random.js';
import { ndcg, recall } from './rank-quality.js';
import { readSearchSet, SearchSetError, type SearchSet } from './search-set.js';
import { SearchedOrganization } from './searched-organization.js';

const USAGE = `Usage: npm run eval:search -- [--set FILE.json] [--scale N] [--embedder local|openai] [--short]

nDCG@10 and recall@10 of the product's search on a labeled set, compared with plain text search; then the time of a search
among N recordings of one organization (default 100,000, with --short 2,000; 0: not measured). openai needs OPENAI_API_KEY.
Exits 2 for invalid arguments or an invalid set; never for missing a goal.`;

const PROJECT_SET = 'bench/search/sets/own.json';
const MAX_RESULTS = 10;
const FULL_SCALE = 100_000;
const SHORT_SCALE = 2_000;
const GOAL_P99_MS = 50;
const TIMED_SEARCHES = 100;
const WARM_UP_SEARCHES = 10;

interface Options {
  readonly set: string;
  readonly scale: number;
  readonly embedder: 'local' | 'openai';
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        set: { type: 'string', default: PROJECT_SET },
        scale: { type: 'string' },
        short: { type: 'boolean' },
        embedder: { type: 'string', default: 'local' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const scale = Number(values.scale ?? (values.short ? SHORT_SCALE : FULL_SCALE));
    const { set, embedder } = values;
    if (!Number.isSafeInteger(scale) || scale < 0) throw new Error('--scale must be a whole number.');
    if (embedder !== 'local' && embedder !== 'openai')
      throw new Error(`Unknown embedder "${embedder}": use local or openai.`);
    return { set, scale, embedder };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

type Search = (q: string, limit: number) => Promise<string[]>;

interface Quality {
  readonly ndcg: number | null;
  readonly recall: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly worst: readonly { readonly text: string; readonly score: number }[];
}

const mean = (values: readonly (number | null)[]): number | null => {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length;
};

async function judge(search: Search, { queries }: SearchSet): Promise<Quality> {
  await search(queries[0]?.text ?? '', MAX_RESULTS);
  const durationsMs: number[] = [];
  const rows: { text: string; ndcg: number | null; recall: number | null }[] = [];
  for (const { text, relevant } of queries) {
    const began = performance.now();
    const found = await search(text, MAX_RESULTS);
    durationsMs.push(performance.now() - began);
    rows.push({ text, ndcg: ndcg(found, relevant, MAX_RESULTS), recall: recall(found, relevant, MAX_RESULTS) });
  }
  return {
    ndcg: mean(rows.map((row) => row.ndcg)),
    recall: mean(rows.map((row) => row.recall)),
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
    worst: rows
      .flatMap(({ text, ndcg: score }) => (score === null ? [] : [{ text, score }]))
      .sort((a, b) => a.score - b.score)
      .slice(0, 5),
  };
}

async function measureSearches(search: Search, texts: readonly string[], searches: number): Promise<number[]> {
  const durationsMs: number[] = [];
  for (let count = 0; count < searches; count += 1) {
    const began = performance.now();
    await search(texts[count % texts.length] ?? '', MAX_RESULTS);
    durationsMs.push(performance.now() - began);
  }
  return durationsMs;
}

async function main({ set: file, scale, embedder }: Options): Promise<void> {
  const set = await readSearchSet(file);
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const organization = await SearchedOrganization.open(embedder, report);
  const ours: Search = (q, limit) => organization.search(q, limit);
  const words: Search = (q, limit) => organization.searchWords(q, limit);
  const figures: Record<string, Figure> = {};
  try {
    report(`${set.documents.length} documents are being embedded`);
    await organization.add(set.documents);
    const [productQuality, textIndexQuality] = [await judge(ours, set), await judge(words, set)];
    const row = (name: string, values: Quality): string[] => [
      name,
      ...[values.ndcg, values.recall, values.p50Ms, values.p99Ms].map((value) => formatNumber(value)),
    ];
    const headings = [`${set.queries.length} queries`, 'nDCG@10', 'recall@10', 'p50 ms', 'p99 ms'];
    process.stdout.write(
      `\n${formatTable(headings, [row('ours', productQuality), row('text index only', textIndexQuality)])}\n`,
    );
    process.stdout.write(
      `\nWorst\n${productQuality.worst.map(({ text, score }) => `  ${formatNumber(score)}  ${text}`).join('\n')}\n`,
    );
    figures['ndcg'] = reported(productQuality.ndcg);
    figures['recall'] = reported(productQuality.recall);
    figures['p50Ms'] = reported(productQuality.p50Ms);
    figures['p99Ms'] = reported(productQuality.p99Ms);
    figures['wordsNdcg'] = reported(textIndexQuality.ndcg);
    figures['wordsRecall'] = reported(textIndexQuality.recall);
    if (scale > 0) {
      await organization.fillUpTo(scale, mulberry32(1), (done) => {
        if (done % 20_000 === 0) report(`${done} of ${scale} recordings`);
      });
      const texts = set.queries.map(({ text }) => text);
      await organization.restart();
      const [loadingStarted, memoryBefore] = [performance.now(), process.memoryUsage().rss];
      await organization.waitUntilLoaded();
      const [readMs, megabytes] = [
        performance.now() - loadingStarted,
        (process.memoryUsage().rss - memoryBefore) / 1e6,
      ];
      report(`loaded into memory after ${formatNumber(readMs)} ms; the process grew by ${formatNumber(megabytes)} MB`);
      await measureSearches(ours, texts, WARM_UP_SEARCHES);
      const durationsMs = {
        ours: await measureSearches(ours, texts, TIMED_SEARCHES),
        words: await measureSearches(words, texts, TIMED_SEARCHES),
      };
      const line = (name: string, values: readonly number[]): string[] => [
        name,
        ...[0.5, 0.95, 0.99].map((q) => formatNumber(percentile(values, q))),
      ];
      const table = formatTable(
        [`${scale} recordings`, 'p50 ms', 'p95 ms', 'p99 ms'],
        [line('ours', durationsMs.ours), line('text index only', durationsMs.words)],
      );
      process.stdout.write(`\n${table}\n`);
      figures['scaleP50Ms'] = reported(percentile(durationsMs.ours, 0.5));
      figures['scaleP99Ms'] = judged(percentile(durationsMs.ours, 0.99), GOAL_P99_MS, 'at-most');
      figures['scaleWordsP99Ms'] = reported(percentile(durationsMs.words, 0.99));
    }
    process.stdout.write(`\n${jsonLine('search', figures)}\n`);
  } finally {
    await organization.close();
  }
}

await main(readOptions()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof SearchSetError || (error as { code?: unknown }).code === 'ENOENT' ? 2 : 1;
});
