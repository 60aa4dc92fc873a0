import { formatTable, judged, formatNumber, reported, type Figure } from '../figures.js';
import type { CrashFigures } from './measure-crash.js';
import type { PageFigures } from './measure-pages.js';
import type { PostFigures } from './measure-posts.js';
import type { ReadFigures } from './measure-reads.js';

const GOALS = { cachedRatio: 0.4, postRatio: 0.6, pageP50: 1.3, pageP99: 2, meanMs: 100, p95Ms: 500, p99Ms: 2_000 };
const PAGE_SIZE = 50;

export interface Measured {
  readonly reads: readonly ReadFigures[];
  readonly posts: readonly PostFigures[];
  readonly pages: readonly PageFigures[];
  readonly crash: CrashFigures | null;
}

/** All figures by name; those with a goal are compared with it. */
export function toFigures({ reads, posts, pages, crash }: Measured): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  for (const { read, connections, ours, bare, peer, ratio, oursCpuMs, bareCpuMs } of reads) {
    const name = `${read}.${connections}`;
    figures[`${name}.ratio`] = read === 'cached' ? judged(ratio, GOALS.cachedRatio, 'at-least') : reported(ratio);
    figures[`${name}.perSecond`] = reported(ours.perSecond);
    figures[`${name}.barePerSecond`] = reported(bare.perSecond);
    if (peer) figures[`${name}.peerRatio`] = reported(ours.perSecond / peer.perSecond);
    figures[`${name}.p50Ms`] = reported(ours.p50Ms);
    figures[`${name}.p95Ms`] = judged(ours.p95Ms, GOALS.p95Ms, 'at-most');
    figures[`${name}.p99Ms`] = judged(ours.p99Ms, GOALS.p99Ms, 'at-most');
    if (read === 'cached') figures[`${name}.meanMs`] = judged(ours.meanMs, GOALS.meanMs, 'at-most');
    figures[`${name}.cpuMs`] = reported(oursCpuMs);
    figures[`${name}.bareCpuMs`] = reported(bareCpuMs);
  }
  for (const { connections, ours, bare, ratio, ratioDrained, backlog, drainSeconds, cpuMs } of posts) {
    const name = `post.${connections}`;
    figures[`${name}.ratio`] = judged(ratio, GOALS.postRatio, 'at-least');
    figures[`${name}.ratioDrained`] = reported(ratioDrained);
    figures[`${name}.perSecond`] = reported(ours.perSecond);
    figures[`${name}.bareTransactionsPerSecond`] = reported(bare.perSecond);
    figures[`${name}.p50Ms`] = reported(ours.p50Ms);
    figures[`${name}.p95Ms`] = judged(ours.p95Ms, GOALS.p95Ms, 'at-most');
    figures[`${name}.p99Ms`] = judged(ours.p99Ms, GOALS.p99Ms, 'at-most');
    figures[`${name}.backlog`] = reported(backlog);
    figures[`${name}.drainSeconds`] = reported(drainSeconds);
    figures[`${name}.cpuMs`] = reported(
      [...cpuMs].reduce((sum, [process, ms]) => (process === 'bench' ? sum : sum + ms), 0),
    );
  }
  const [small, large] = pages;
  if (small && large) {
    figures['pages.p50Ratio'] = judged(large.p50Ms / small.p50Ms, GOALS.pageP50, 'at-most');
    figures['pages.p99Ratio'] = judged(large.p99Ms / small.p99Ms, GOALS.pageP99, 'at-most');
    for (const { deliveries, p50Ms, p99Ms, keysExamined, docsExamined } of pages) {
      figures[`pages.${deliveries}.p50Ms`] = reported(p50Ms);
      figures[`pages.${deliveries}.p99Ms`] = judged(p99Ms, GOALS.p99Ms, 'at-most');
      figures[`pages.${deliveries}.keysExamined`] = judged(keysExamined, PAGE_SIZE + 1, 'at-most');
      figures[`pages.${deliveries}.docsExamined`] = reported(docsExamined);
    }
  }
  if (crash) {
    figures['crash.acknowledged'] = reported(crash.acknowledged);
    figures['crash.kills'] = reported(crash.kills);
    figures['crash.lost'] = judged(crash.lost, 0, 'at-most');
    figures['crash.doubled'] = judged(crash.duplicated, 0, 'at-most');
  }
  return figures;
}

/** Errors that must not occur, however slow the machine is. */
export function findErrors({ reads, posts, crash }: Measured): string[] {
  return [
    ...[...reads, ...posts]
      .filter(({ ours }) => ours.errors > 0)
      .map((run) => `${'read' in run ? run.read : 'post'}, ${run.connections} connections: ${run.ours.errors} errors`),
    ...posts
      .filter(({ unmatched }) => unmatched > 0)
      .map(({ connections, unmatched }) => `post, ${connections} connections: ${unmatched} lost or not requested`),
    ...(crash && crash.lost > 0 ? [`after the kills, ${crash.lost} acknowledged posts are lost`] : []),
    ...(crash && crash.duplicated > 0 ? [`after the kills, ${crash.duplicated} posts are stored twice`] : []),
  ];
}

export function formatReads(reads: readonly ReadFigures[]): string {
  const rows = reads.map(({ read, connections, ours, bare, peer, ratio, oursCpuMs, bareCpuMs }) => [
    `GET ${read}, ${connections}`,
    formatNumber(ours.perSecond),
    formatNumber(bare.perSecond),
    formatNumber(ratio),
    ...[ours.p50Ms, ours.p99Ms, bare.p50Ms, bare.p99Ms, oursCpuMs, bareCpuMs].map((value) => formatNumber(value)),
    formatNumber(peer?.perSecond ?? null),
  ]);
  const headings = ['read, connections', 'ours/s', 'bare/s', 'ratio', 'p50 ms', 'p99 ms', 'bare p50', 'bare p99'];
  return `\n${formatTable([...headings, 'CPU ms', 'bare CPU ms', 'peer/s'], rows)}\n`;
}

export function formatPosts(posts: readonly PostFigures[]): string {
  const rows = posts.map(({ connections, ours, bare, ratio, ratioDrained, backlog, drainSeconds }) => [
    `POST, ${connections}`,
    ...[ours.perSecond, bare.perSecond, ratio, ratioDrained, ours.p50Ms, ours.p99Ms, bare.p50Ms].map((value) =>
      formatNumber(value),
    ),
    formatNumber(backlog),
    formatNumber(drainSeconds, 's'),
  ]);
  const headings = ['connections', 'ours/s', 'bare/s', 'ratio', 'drained', 'p50 ms', 'p99 ms', 'bare p50', 'backlog'];
  const cpu = posts.map(({ connections, cpuMs }) => {
    const parts = [...cpuMs].sort(([, a], [, b]) => b - a).map(([process, ms]) => `${process} ${formatNumber(ms)}`);
    return `CPU ms per POST, ${connections} connections: ${parts.join(', ')}`;
  });
  return `\n${formatTable([...headings, 'drained after'], rows)}\n${cpu.join('\n')}\n`;
}

export function formatPages(pages: readonly PageFigures[]): string {
  const rows = pages.map(({ deliveries, p50Ms, p99Ms, keysExamined, docsExamined }) => [
    String(deliveries),
    ...[p50Ms, p99Ms, keysExamined, docsExamined].map((value) => formatNumber(value)),
  ]);
  return `\n${formatTable(['deliveries', 'page p50 ms', 'p99 ms', 'keys examined', 'documents'], rows)}\n`;
}
