import { percentile } from '../figures.js';
import type { ClientReport } from './protocol.js';

/** How long what was sent took to each application that got it, in ms; by kind of message. */
export interface Latencies {
  readonly single: readonly number[];
  readonly broadcast: readonly number[];
}

/** @param sentAt by key: `message <id>`, `announcement <sequence>` */
export function latenciesOf(report: ClientReport, sentAt: ReadonlyMap<string, number>): Latencies {
  const single: number[] = [];
  const broadcast: number[] = [];
  for (const own of Object.values(report.given)) {
    for (const [key, { at }] of Object.entries(own)) {
      const sent = sentAt.get(key);
      if (sent !== undefined) (key.startsWith('message') ? single : broadcast).push(at - sent);
    }
  }
  return { single, broadcast };
}

export const p50 = (values: readonly number[]): number | null => percentile(values, 0.5);
export const p99 = (values: readonly number[]): number | null => percentile(values, 0.99);

/** What should have been given and was not, or more than once; each is one line. */
export function mistakesIn(
  report: ClientReport,
  expected: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly missing: string[]; readonly doubled: string[] } {
  const missing: string[] = [];
  const doubled: string[] = [];
  for (const [agentId, keys] of expected) {
    const own = report.given[agentId] ?? {};
    for (const key of keys) if (!own[key]) missing.push(`${agentId} was not given ${key}`);
  }
  for (const [agentId, own] of Object.entries(report.given)) {
    for (const [key, { times }] of Object.entries(own)) {
      if (times > 1) doubled.push(`${agentId} was given ${key} ${times} times`);
      if (!expected.get(agentId)?.has(key)) doubled.push(`${agentId} was given ${key}, which nobody sent to it`);
    }
  }
  return { missing, doubled };
}
