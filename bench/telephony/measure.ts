import { setTimeout as delay } from 'node:timers/promises';
import { cpuSpent, readCpuClock } from '../mesh/process-cost.js';
import { CallFloor, type WebhookTimes } from './call-floor.js';

export interface LoadFigures {
  readonly calls: number;
  /** The most calls at the same time that were asked for. */
  readonly together: number;
  readonly seconds: number;
  readonly documents: WebhookTimes;
  readonly reports: WebhookTimes;
  /** By process, ms a call. */
  readonly cpuMsPerCall: ReadonlyMap<string, number>;
  readonly mistakes: readonly string[];
}

export interface FaultFigures {
  readonly attempts: number;
  readonly carrierCalls: number;
  /** Attempts whose create request stayed without an answer. */
  readonly unknown: number;
  /** Of those, upper bounds of the time until it was certain what became of them; seconds. */
  readonly certainP50Seconds: number | null;
  readonly certainP99Seconds: number | null;
  readonly mistakes: readonly string[];
}

type Report = (line: string) => void;

const LOAD_DEADLINE_MS = 600_000;
const POLL_MS = 250;
const WARM_CALLS = 20;
/** In life about as long as a call: calls that began together would go on answering together. */
const RAMP_MS = 30_000;
/** By so much more than the listing lags, telephony waits before it judges that a call was not placed. */
const SETTLE_MARGIN_MS = 10_000;

/** How often something goes wrong at the carrier: shares of requests and callbacks, and when a call is listed. */
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
/** So often that some of a few creations stay without an answer, and so soon that a short run sees what became of them. */
export const SHORT_FAULTS: CarrierFaults = {
  ...FULL_FAULTS,
  createTimeout: 0.3,
  createErrorAfterEffect: 0.2,
  listingLagMs: 3_000,
};

/** Keeps so many calls going at the same time until all were made. */
export async function measureLoad(
  calls: number,
  together: number,
  timeScale: number,
  report: Report,
): Promise<LoadFigures> {
  const floor = await CallFloor.open({ SIMULATOR_TIME_SCALE: String(timeScale) }, report);
  try {
    const phones = await floor.customers(calls);
    // The first calls find cold code and empty caches.
    const warm = await Promise.all(
      (await floor.customers(Math.min(WARM_CALLS, calls))).map((phone) => floor.request(phone)),
    );
    await floor.untilOver(warm, LOAD_DEADLINE_MS);
    await floor.webhookTimes();
    const clock = readCpuClock(floor.stack.apps, floor.stack.servers);
    const began = performance.now();
    const asked: string[] = [];
    let over = warm.length;
    while (over - warm.length < calls) {
      const free = together - (asked.length - (over - warm.length));
      const room = Math.min(calls - asked.length, free, Math.ceil((together * POLL_MS * timeScale) / RAMP_MS));
      asked.push(
        ...(await Promise.all(phones.slice(asked.length, asked.length + room).map((phone) => floor.request(phone)))),
      );
      await delay(POLL_MS);
      over = new Set(await floor.over()).size;
      if (performance.now() - began > LOAD_DEADLINE_MS) throw new Error(`${over} of ${calls} calls are over in vain.`);
    }
    const seconds = (performance.now() - began) / 1000;
    const spent = cpuSpent(clock, readCpuClock(floor.stack.apps, floor.stack.servers));
    return {
      ...{ calls, together, seconds, ...(await floor.webhookTimes()) },
      cpuMsPerCall: new Map([...spent].map(([name, ms]) => [name, ms / calls])),
      mistakes: await mistakesOf(floor, [...warm, ...asked]),
    };
  } finally {
    await floor.close();
  }
}

/**
 * The same attempts over a carrier whose creations time out after their effect, fail after it, and are listed late.
 */
export async function measureFaults(attempts: number, faults: CarrierFaults, report: Report): Promise<FaultFigures> {
  const floor = await CallFloor.open(
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
    const asked = await Promise.all(phones.map((phone) => floor.request(phone)));
    await floor.untilOver(asked, LOAD_DEADLINE_MS);
    const metrics = await floor.metrics();
    const certain = (share: number): number | null =>
      quantileOf(metrics, 'delauto_call_attempt_certain_seconds', share);
    return {
      attempts,
      carrierCalls: (await floor.witness()).calls,
      unknown: sumOf(metrics, 'delauto_call_attempts_unknown_total'),
      certainP50Seconds: certain(0.5),
      certainP99Seconds: certain(0.99),
      mistakes: await mistakesOf(floor, asked),
    };
  } finally {
    await floor.close();
  }
}

/** What must never be, by the carrier's ledger and by what telephony told. */
async function mistakesOf(floor: CallFloor, attemptIds: readonly string[]): Promise<string[]> {
  const { attemptsCalledTwice, attemptsRungTwice } = await floor.witness();
  const over = await floor.over();
  const told = new Map<string, number>();
  for (const attemptId of over) told.set(attemptId, (told.get(attemptId) ?? 0) + 1);
  return [
    ...attemptsCalledTwice.map(({ attempt }) => `${attempt} was called twice`),
    ...attemptsRungTwice.map(({ attempt }) => `${attempt} was rung twice`),
    ...attemptIds.filter((id) => !told.has(id)).map((id) => `${id} was lost`),
    ...[...told].filter(([, times]) => times > 1).map(([id]) => `the end of ${id} was told twice`),
  ];
}

const lineOf = (metrics: string, name: string): string[] =>
  metrics.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

const sumOf = (metrics: string, name: string): number =>
  lineOf(metrics, name).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

/** The bound of the bucket in which the quantile lies, over all labels; `null` where nothing was observed. */
export function quantileOf(metrics: string, name: string, share: number): number | null {
  const buckets = new Map<number, number>();
  for (const line of lineOf(metrics, `${name}_bucket`)) {
    const bound = Number(/le="([^"]+)"/.exec(line)?.[1]?.replace('+Inf', 'Infinity'));
    buckets.set(bound, (buckets.get(bound) ?? 0) + Number(line.split(' ').at(-1)));
  }
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const all = sorted.at(-1)?.[1] ?? 0;
  if (all === 0) return null;
  return sorted.find(([, count]) => count >= share * all)?.[0] ?? null;
}
