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
  readonly mistakes: readonly string[];
}

export interface FaultFigures {
  readonly attempts: number;
  readonly carrierCalls: number;
  /** Attempts whose create request stayed without an answer. */
  readonly unknown: number;
  /** Upper bounds of the time until the result of those attempts was certain, in seconds. */
  readonly certainP50Seconds: number | null;
  readonly certainP99Seconds: number | null;
  readonly mistakes: readonly string[];
}

type Report = (line: string) => void;

const LOAD_DEADLINE_MS = 600_000;
const POLL_MS = 250;
const WARM_UP_CALLS = 20;
/** About the duration of a call: calls that start together would otherwise keep answering together. */
const RAMP_MS = 30_000;
/** Telephony waits this much longer than the listing lag before it concludes that a call was not placed. */
const SETTLE_MARGIN_MS = 10_000;

/** How often the carrier misbehaves: shares of requests and callbacks, and the delay until a call is listed. */
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
 * Faults are so frequent that even a few create requests include unanswered ones, and so short that a short run sees
 * their result.
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
  const floor = await TelephonyBench.open({ SIMULATOR_TIME_SCALE: String(timeScale) }, report);
  try {
    const phones = await floor.customers(calls);
    // The first calls run on cold code and empty caches.
    const warmUpIds = await Promise.all(
      (await floor.customers(Math.min(WARM_UP_CALLS, calls))).map((phone) => floor.request(phone)),
    );
    await floor.waitUntilEnded(warmUpIds, LOAD_DEADLINE_MS);
    await floor.webhookTimes();
    const clock = readCpuClock(floor.stack.apps, floor.stack.servers);
    const began = performance.now();
    const requested: string[] = [];
    let over = warmUpIds.length;
    while (over - warmUpIds.length < calls) {
      const free = together - (requested.length - (over - warmUpIds.length));
      const room = Math.min(calls - requested.length, free, Math.ceil((together * POLL_MS * timeScale) / RAMP_MS));
      requested.push(
        ...(await Promise.all(
          phones.slice(requested.length, requested.length + room).map((phone) => floor.request(phone)),
        )),
      );
      await delay(POLL_MS);
      over = new Set(await floor.endedAttemptIds()).size;
      if (performance.now() - began > LOAD_DEADLINE_MS)
        throw new Error(`${over} of ${calls} calls ended before the deadline of ${LOAD_DEADLINE_MS} ms.`);
    }
    const seconds = (performance.now() - began) / 1000;
    const spent = cpuSpent(clock, readCpuClock(floor.stack.apps, floor.stack.servers));
    return {
      ...{ calls, together, seconds, ...(await floor.webhookTimes()) },
      cpuMsPerCall: new Map([...spent].map(([name, ms]) => [name, ms / calls])),
      mistakes: await findErrors(floor, [...warmUpIds, ...requested]),
    };
  } finally {
    await floor.close();
  }
}

/**
 * Runs attempts with a carrier whose create requests time out or fail after taking effect, and whose calls are listed
 * late.
 */
export async function measureFaults(attempts: number, faults: CarrierFaults, report: Report): Promise<FaultFigures> {
  const floor = await TelephonyBench.open(
    {
      SIMULATOR_TIME_SCALE: '20',
      CARRIER_TIMEOUT_MS: '2000',
      CARRIER_SETTLE_MS: String(faults.listingLagMs + SETTLE_MARGIN_MS),
    },
    report,
  );
  try {
    const phones = await floor.customers(attempts);
    await floor.faults({ ...faults });
    const requested = await Promise.all(phones.map((phone) => floor.request(phone)));
    await floor.waitUntilEnded(requested, LOAD_DEADLINE_MS);
    const metrics = await floor.metrics();
    const certainAtQuantile = (share: number): number | null =>
      histogramQuantile(metrics, 'delauto_call_attempt_certain_seconds', share);
    return {
      attempts,
      carrierCalls: (await floor.carrierSummary()).calls,
      unknown: sumMetric(metrics, 'delauto_call_attempts_unknown_total'),
      certainP50Seconds: certainAtQuantile(0.5),
      certainP99Seconds: certainAtQuantile(0.99),
      mistakes: await findErrors(floor, requested),
    };
  } finally {
    await floor.close();
  }
}

/** Errors that must not occur, according to the carrier's ledger and telephony's events. */
async function findErrors(floor: TelephonyBench, attemptIds: readonly string[]): Promise<string[]> {
  const { attemptsCalledTwice, attemptsRungTwice } = await floor.carrierSummary();
  const over = await floor.endedAttemptIds();
  const countByAttempt = new Map<string, number>();
  for (const attemptId of over) countByAttempt.set(attemptId, (countByAttempt.get(attemptId) ?? 0) + 1);
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
  const all = sorted.at(-1)?.[1] ?? 0;
  if (all === 0) return null;
  return sorted.find(([, count]) => count >= share * all)?.[0] ?? null;
}
