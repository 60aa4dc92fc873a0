import { collectEvidence } from '../evidence/collect-evidence.js';
import { CustomerInitiative, type AcceptedText } from '../customers/customer-initiative.js';
import type { Evidence } from '../evidence/evidence.js';
import type { ChaosOptions } from '../support/options.js';
import { reportProgress } from './report-progress.js';
import { judge, type Judgment } from '../rules/rules.js';
import type { SeededOrganization } from '../seeding/organizations.js';
import { Poster } from '../seeding/poster.js';
import { SeededRandom } from '../support/seeded-random.js';
import { settle } from './settle.js';
import { openStage, type Stage } from './stage.js';
import { FaultRunner, planFaults, type FaultRecord } from '../environment/faults.js';
import { startChaosEnvironment, type ChaosEnvironment } from '../environment/environment.js';

export interface RunResult {
  readonly seed: number;
  readonly judgements: readonly Judgment[];
  readonly evidence: Evidence;
  readonly faults: readonly FaultRecord[];
  readonly settled: boolean;
  /** The number of posts by the problem in their response, or that got no response. */
  readonly problems: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly dataDir: string;
  /** By delivery reference, for deliveries with a violated guarantee. */
  readonly timelines: ReadonlyMap<string, readonly string[]>;
}

export interface RunControl {
  readonly say: (text: string) => void;
  /** Called with the environment once it runs, and with undefined when it has stopped, so that Ctrl-C can stop it. */
  readonly onEnvironmentChanged: (environment: ChaosEnvironment | undefined) => void;
  readonly isEnded: () => boolean;
}

/** One run with one seed: start, post, inject faults, settle, judge. Everything is stopped at the end. */
export async function runOnce(options: ChaosOptions, seed: number, control: RunControl): Promise<RunResult> {
  const began = Date.now();
  const { say } = control;
  say(`seed ${seed}: starting the stack${options.replicas > 1 ? `, ${options.replicas} replicas` : ''}`);
  const environment = await startChaosEnvironment({ ...options, print: say });
  control.onEnvironmentChanged(environment);
  let stage: Stage | undefined;
  try {
    stage = await openStage(environment, options, seed);
    say(`seeded in ${stage.city}; ${options.deliveries} deliveries follow in ${options.durationSeconds} s`);
    const playResult = await play(environment, stage, options, seed, control);
    say(playResult.settled ? 'no work is left; judging' : 'work is left after the settle time; judging nevertheless');
    const evidence = await collectEvidence({ ...stage, ...playResult, webhooks: stage.sink.received, ...environment });
    const judgements = judge(evidence);
    const timelines = await readTimelines(judgements, evidence, stage.organizations);
    const { poster, faults, settled } = playResult;
    const seconds = Math.round((Date.now() - began) / 1_000);
    const { dataDir } = environment;
    return { seed, judgements, evidence, faults, settled, problems: poster.problems, seconds, dataDir, timelines };
  } finally {
    await stage?.close();
    await environment.stop();
    control.onEnvironmentChanged(undefined);
  }
}

interface PlayResult {
  readonly poster: Poster;
  readonly acceptedTexts: readonly AcceptedText[];
  readonly faults: readonly FaultRecord[];
  readonly settled: boolean;
}

/** Posts deliveries and injects faults for the configured time, then waits until no work is left. */
async function play(
  environment: ChaosEnvironment,
  stage: Stage,
  options: ChaosOptions,
  seed: number,
  control: RunControl,
): Promise<PlayResult> {
  const { organizations, operator, agents, sink, planned } = stage;
  const durationMs = options.durationSeconds * 1_000;
  const began = Date.now();
  const poster = new Poster(organizations, began);
  const initiative = new CustomerInitiative(environment.simulatorUrl, environment.ownNumber, planned);
  const faultRunner = new FaultRunner(environment, began);
  const faults = planFaults(SeededRandom.named(seed, 'faults'), {
    victims: options.victims,
    kinds: options.faults,
    everyMs: options.killEverySeconds * 1_000,
    durationMs,
  });
  initiative.start();
  void poster.run(planned);
  const progress = reportProgress(options, control.say, began, { ...stage, poster, faultRunner });
  await Promise.race([
    Promise.all([faultRunner.run(faults), waitForDuration(durationMs, control)]),
    waitUntilEnded(control),
  ]);
  control.say(`${faultRunner.log.length} fault entries; settling without faults`);
  const settled = await settle({
    organizations,
    operator,
    expected: options.deliveries,
    deadlineMs: options.settleSeconds * 1_000,
    isBusy: () =>
      initiative.busy > 0 || sink.pendingRetries > 0 || agents.some(({ unacknowledged }) => unacknowledged > 0),
    fingerprint: () =>
      [poster.posted.size, sink.received.length, ...agents.map(({ received }) => received.length)].join(' '),
    isEnded: control.isEnded,
  });
  clearInterval(progress);
  faultRunner.end();
  poster.end();
  await initiative.stop();
  return { poster, acceptedTexts: initiative.acceptedTexts, faults: faultRunner.log, settled };
}

async function waitForDuration(durationMs: number, control: RunControl): Promise<void> {
  const until = Date.now() + durationMs;
  while (Date.now() < until && !control.isEnded()) await new Promise((resume) => setTimeout(resume, 250));
}

async function waitUntilEnded(control: RunControl): Promise<void> {
  while (!control.isEnded()) await new Promise((resume) => setTimeout(resume, 250));
}

async function readTimelines(
  judgements: readonly Judgment[],
  evidence: Evidence,
  organizations: readonly SeededOrganization[],
): Promise<Map<string, readonly string[]>> {
  const references = new Set(judgements.flatMap(({ violations }) => violations.map(({ reference }) => reference)));
  const timelines = new Map<string, readonly string[]>();
  for (const { plan, deliveryId } of evidence.deliveries) {
    const api = organizations.find(({ key }) => key === plan.organization)?.api;
    if (!references.has(plan.reference) || deliveryId === undefined || !api) continue;
    const timeline = await api
      .get<{ entries: { at: string; event: string; text: string }[] }>(`/v1/deliveries/${deliveryId}/timeline`)
      .catch(() => ({ entries: [] }));
    timelines.set(
      plan.reference,
      timeline.entries.map(({ at, event, text }) => `${at.slice(11, 23)}  ${event.padEnd(44)} ${text}`),
    );
  }
  return timelines;
}
