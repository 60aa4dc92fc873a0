import { setTimeout as delay } from 'node:timers/promises';
import { cpuSpent, readCpuClock } from '../mesh/process-cost.js';
import { TelephonyBench, type WebhookTimes } from './telephony-bench.js';

export interface LoadFigures {
  readonly calls: number;
  /** The requested number of concurrent calls. */
  readonly together: number;
  readonly seconds: number;
  readonly documents: WebhookTimes;
  readonly reports: WebhookTimes;
  /** CPU milliseconds per call, by process. */
  readonly cpuMsPerCall: ReadonlyMap<string, number>;
  readonly errors: readonly string[];
}

export interface FaultFigures {
  readonly attempts: number;
  readonly carrierCalls: number;
  /** Attempts whose create request got no response. */
  readonly unknown: number;
  /** Upper bound of the median time until the result of those attempts was certain. */
  readonly certainP50Seconds: number | null;
  /** Upper bound of the 99th percentile of that time. */
  readonly certainP99Seconds: number | null;
  readonly errors: readonly string[];
}

type Report = (line: string) => void;

const LOAD_DEADLINE_MS = 600_000;
const POLL_MS = 250;
const WARM_UP_CALLS = 20;
/** The calls start over about the duration of a call. Calls that start at once would stay synchronized. */
const RAMP_MS = 30_000;
/** Telephony waits this much longer than the listing lag before it concludes that a call was not placed. */
const SETTLE_MARGIN_MS = 10_000;

/**
 * The faults of the simulated carrier: shares (0 to 1) of requests and callbacks, and the delay until a call is listed.
 */
export interface CarrierFaults {
  readonly createTimeout: number;
  readonly createErrorAfterEffect: number;
  readonly duplicateCallbacks: number;
  readonly reorderCallbacks: number;
  readonly listingLagMs: number;
}

export const FULL_FAULTS: CarrierFaults = {
  createTimeout: 0.1,
  createErrorAfterEffect: 0.05,
  duplicateCallbacks: 0.2,
  reorderCallbacks: 0.1,
  listingLagMs: 30_000,
};
/**
 * Faults are so frequent that even a few create requests include unanswered ones, and the listing lag is so short that
 * a short run sees their result.
 */
export const SHORT_FAULTS: CarrierFaults = {
  ...FULL_FAULTS,
  createTimeout: 0.3,
  createErrorAfterEffect: 0.2,
  listingLagMs: 3_000,
};

/** Keeps `together` calls in progress until all calls were made. */
export async function measureLoad(
  calls: number,
  together: number,
  timeScale: number,
  report: Report,
): Promise<LoadFigures> {
  const bench = await TelephonyBench.open({ SIMULATOR_TIME_SCALE: String(timeScale) }, report);
  try {
    const phones = await bench.registerCustomers(calls);
    // The first calls run on cold code and empty caches.
    const warmUpIds = await Promise.all(
      (await bench.registerCustomers(Math.min(WARM_UP_CALLS, calls))).map((phone) => bench.requestCall(phone)),
    );
    await bench.waitUntilEnded(warmUpIds, LOAD_DEADLINE_MS);
    await bench.takeWebhookTimes();
    const clock = readCpuClock(bench.stack.apps, bench.stack.servers);
    const began = performance.now();
    const requested: string[] = [];
    let endedCount = warmUpIds.length;
    while (endedCount - warmUpIds.length < calls) {
      const freeSlots = together - (requested.length - (endedCount - warmUpIds.length));
      const startCount = Math.min(
        calls - requested.length,
        freeSlots,
        Math.ceil((together * POLL_MS * timeScale) / RAMP_MS),
      );
      requested.push(
        ...(await Promise.all(
          phones.slice(requested.length, requested.length + startCount).map((phone) => bench.requestCall(phone)),
        )),
      );
      await delay(POLL_MS);
      endedCount = new Set(await bench.endedAttemptIds()).size;
      if (performance.now() - began > LOAD_DEADLINE_MS)
        throw new Error(`${endedCount} of ${calls} calls ended before the deadline of ${LOAD_DEADLINE_MS} ms.`);
    }
    const seconds = (performance.now() - began) / 1000;
    const spent = cpuSpent(clock, readCpuClock(bench.stack.apps, bench.stack.servers));
    return {
      calls,
      together,
      seconds,
      ...(await bench.takeWebhookTimes()),
      cpuMsPerCall: new Map([...spent].map(([name, ms]) => [name, ms / calls])),
      errors: await findErrors(bench, [...warmUpIds, ...requested]),
    };
  } finally {
    await bench.close();
  }
}

/**
 * Runs attempts with a carrier whose create requests time out or fail after taking effect, and whose calls are listed
 * late.
 */
export async function measureFaults(attempts: number, faults: CarrierFaults, report: Report): Promise<FaultFigures> {
  const bench = await TelephonyBench.open(
    {
      SIMULATOR_TIME_SCALE: '20',
      CARRIER_TIMEOUT_MS: '2000',
      CARRIER_SETTLE_MS: String(faults.listingLagMs + SETTLE_MARGIN_MS),
    },
    report,
  );
  try {
    const phones = await bench.registerCustomers(attempts);
    await bench.setFaults({ ...faults });
    const requested = await Promise.all(phones.map((phone) => bench.requestCall(phone)));
    await bench.waitUntilEnded(requested, LOAD_DEADLINE_MS);
    const metrics = await bench.readMetrics();
    const certainAtQuantile = (share: number): number | null =>
      histogramQuantile(metrics, 'delauto_call_attempt_certain_seconds', share);
    return {
      attempts,
      carrierCalls: (await bench.carrierSummary()).calls,
      unknown: sumMetric(metrics, 'delauto_call_attempts_unknown_total'),
      certainP50Seconds: certainAtQuantile(0.5),
      certainP99Seconds: certainAtQuantile(0.99),
      errors: await findErrors(bench, requested),
    };
  } finally {
    await bench.close();
  }
}

/** Errors that must not occur, according to the carrier's ledger and telephony's events. */
async function findErrors(bench: TelephonyBench, attemptIds: readonly string[]): Promise<string[]> {
  const { attemptsCalledTwice, attemptsRungTwice } = await bench.carrierSummary();
  const endedIds = await bench.endedAttemptIds();
  const countByAttempt = new Map<string, number>();
  for (const attemptId of endedIds) countByAttempt.set(attemptId, (countByAttempt.get(attemptId) ?? 0) + 1);
  return [
    ...attemptsCalledTwice.map(({ attempt }) => `${attempt} was called twice`),
    ...attemptsRungTwice.map(({ attempt }) => `${attempt} was rung twice`),
    ...attemptIds.filter((id) => !countByAttempt.has(id)).map((id) => `${id} was lost`),
    ...[...countByAttempt].filter(([, times]) => times > 1).map(([id]) => `the end of ${id} was published twice`),
  ];
}

const findLines = (metrics: string, name: string): string[] =>
  metrics.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

const sumMetric = (metrics: string, name: string): number =>
  findLines(metrics, name).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

/**
 * The upper bound of the histogram bucket that contains the quantile, over all labels.
 *
 * @returns Null if nothing was observed.
 */
export function histogramQuantile(metrics: string, name: string, share: number): number | null {
  const buckets = new Map<number, number>();
  for (const line of findLines(metrics, `${name}_bucket`)) {
    const bound = Number(/le="([^"]+)"/.exec(line)?.[1]?.replace('+Inf', 'Infinity'));
    buckets.set(bound, (buckets.get(bound) ?? 0) + Number(line.split(' ').at(-1)));
  }
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const total = sorted.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  return sorted.find(([, count]) => count >= share * total)?.[0] ?? null;
}
