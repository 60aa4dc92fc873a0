import { percentile } from '../figures.js';
import type { ClientReport } from './protocol.js';

/** Milliseconds until each application received a message, by kind of message. */
export interface Latencies {
  readonly single: readonly number[];
  readonly broadcast: readonly number[];
}

/** @param sentAt When each message was sent, by key: `message <id>` or `announcement <sequence>`. */
export function toLatencies(report: ClientReport, sentAt: ReadonlyMap<string, number>): Latencies {
  const single: number[] = [];
  const broadcast: number[] = [];
  for (const received of Object.values(report.received)) {
    for (const [key, { at }] of Object.entries(received)) {
      const sent = sentAt.get(key);
      if (sent !== undefined) (key.startsWith('message') ? single : broadcast).push(at - sent);
    }
  }
  return { single, broadcast };
}

export const p50 = (values: readonly number[]): number | null => percentile(values, 0.5);
export const p99 = (values: readonly number[]): number | null => percentile(values, 0.99);

/**
 * Lists messages that should have been received and were not, and messages received more than once or by the wrong
 * agent; one line each.
 */
export function findDeliveryErrors(
  report: ClientReport,
  expected: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly missing: string[]; readonly doubled: string[] } {
  const missing: string[] = [];
  const doubled: string[] = [];
  for (const [agentId, keys] of expected) {
    const received = report.received[agentId] ?? {};
    for (const key of keys) if (!received[key]) missing.push(`${agentId} did not receive ${key}`);
  }
  for (const [agentId, received] of Object.entries(report.received)) {
    for (const [key, { times }] of Object.entries(received)) {
      if (times > 1) doubled.push(`${agentId} received ${key} ${times} times`);
      if (!expected.get(agentId)?.has(key)) doubled.push(`${agentId} received ${key}, which was not sent to it`);
    }
  }
  return { missing, doubled };
}
