import { AgentApp } from './agents/agent-app.js';
import { collectEvidence } from './collect-evidence.js';
import { CustomerInitiative } from './customers/customer-initiative.js';
import type { Evidence } from './evidence.js';
import type { ChaosOptions } from './options.js';
import { placeWhereItIs } from './places.js';
import { judge, type Judgement } from './rules/rules.js';
import { seedOrganizations, type SeededOrganization } from './seeding/organizations.js';
import { planDeliveries } from './seeding/plan-deliveries.js';
import { Poster } from './seeding/poster.js';
import { SeededRandom } from './seeded-random.js';
import { readProgress, settle } from './settle.js';
import { WebhookSink } from './webhook-sink.js';
import { FaultRunner, planFaults, type FaultRecord } from './world/faults.js';
import { bearer, JsonClient } from './world/json-client.js';
import { openWorld, type World } from './world/world.js';

export interface RunResult {
  readonly seed: number;
  readonly judgements: readonly Judgement[];
  readonly evidence: Evidence;
  readonly faults: readonly FaultRecord[];
  readonly settled: boolean;
  /** How often posts were answered with each problem, or not at all. */
  readonly problems: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly dataDir: string;
  /** By delivery id, of deliveries about which a promise was broken. */
  readonly timelines: ReadonlyMap<string, readonly string[]>;
}

export interface RunControl {
  readonly say: (text: string) => void;
  /** Called with the world once it runs, and without one when it has stopped, so that Ctrl-C can stop it. */
  readonly opened: (world: World | undefined) => void;
  readonly isEnded: () => boolean;
}

const SEEDING_TIMEOUT_MS = 30_000;
const PROGRESS_EVERY_MS = 5_000;
const EARLY_AFTERNOON = 13 * 60;
const NIGHT = 2 * 60;

/** One run with one seed: start, post, disturb, settle, judge. Everything is stopped at the end. */
export async function runOnce(options: ChaosOptions, seed: number, control: RunControl): Promise<RunResult> {
  const began = Date.now();
  const { say } = control;
  say(`seed ${seed}: starting the stack${options.replicas > 1 ? `, ${options.replicas} replicas` : ''}`);
  const world = await openWorld({ ...options, print: say });
  control.opened(world);
  const sink = new WebhookSink(SeededRandom.named(seed, 'webhook sink'));
  const agents: AgentApp[] = [];
  try {
    await sink.open();
    const now = new Date();
    const day = placeWhereItIs(EARLY_AFTERNOON, now);
    const night = placeWhereItIs(NIGHT, now);
    const durationMs = options.durationSeconds * 1_000;
    const planned = planDeliveries({
      seed,
      count: options.deliveries,
      durationMs,
      day,
      night,
      now,
    });
    const simulator = new JsonClient(world.simulatorUrl, {}, SEEDING_TIMEOUT_MS);
    await simulator.post('/simulator/customers', { customers: planned.map((plan) => plan.simulatorCustomer) });
    const organizations = await seedOrganizations({
      ...world,
      day,
      night,
      now,
      webhookUrl: (key) => sink.urlFor(key),
      timeoutMs: SEEDING_TIMEOUT_MS,
    });
    for (const { key, webhookSecret, agents: seeded } of organizations) {
      sink.setSecret(key, webhookSecret);
      for (const { agentId, name, token } of seeded)
        agents.push(new AgentApp(agentId, name, world.gatewayUrl, token, SeededRandom.named(seed, name)));
    }
    say(`seeded in ${day.city}; ${options.deliveries} deliveries follow in ${options.durationSeconds} s`);

    const runBegan = Date.now();
    const poster = new Poster(organizations, runBegan);
    const initiative = new CustomerInitiative(world.simulatorUrl, world.ownNumber, planned);
    const faultRunner = new FaultRunner(world, runBegan);
    initiative.start();
    const posting = poster.run(planned);
    const faults = planFaults(SeededRandom.named(seed, 'faults'), {
      victims: options.victims,
      kinds: options.faults,
      everyMs: options.killEverySeconds * 1_000,
      durationMs,
    });
    const progress = reportProgress(options, say, runBegan, { organizations, poster, faultRunner, agents, sink });
    const disturbing = faultRunner.run(faults);
    await Promise.race([Promise.all([posting, disturbing, passing(durationMs, control)]), ended(control)]);
    say(`${faultRunner.log.length} fault entries; settling without faults`);
    const operator = new JsonClient(world.gatewayUrl, bearer(world.operatorKey), 5_000);
    const settled = await settle({
      organizations,
      operator,
      expected: options.deliveries,
      deadlineMs: options.settleSeconds * 1_000,
      isBusy: () => initiative.busy > 0 || sink.owed > 0 || agents.some(({ unacknowledged }) => unacknowledged > 0),
      fingerprint: () => [sink.received.length, ...agents.map(({ received }) => received.length)].join(' '),
      isEnded: control.isEnded,
    });
    clearInterval(progress);
    faultRunner.end();
    poster.end();
    await initiative.stop();
    say(settled ? 'everything came to rest; judging' : 'not everything came to rest in time; judging all the same');
    const evidence = await collectEvidence({
      planned,
      poster,
      organizations,
      agents,
      acceptedTexts: initiative.acceptedTexts,
      webhooks: sink.received,
      ledgerFile: world.ledgerFile,
      operator,
    });
    const judgements = judge(evidence);
    const timelines = await timelinesOf(judgements, evidence, organizations);
    const seconds = Math.round((Date.now() - began) / 1_000);
    const { problems } = poster;
    const { dataDir } = world;
    return { seed, judgements, evidence, faults: faultRunner.log, settled, problems, seconds, dataDir, timelines };
  } finally {
    await Promise.all(agents.map((agent) => agent.close()));
    await world.stop();
    await sink.close();
    control.opened(undefined);
  }
}

function reportProgress(
  options: ChaosOptions,
  say: (text: string) => void,
  beganAt: number,
  parts: {
    readonly organizations: readonly SeededOrganization[];
    readonly poster: Poster;
    readonly faultRunner: FaultRunner;
    readonly agents: readonly AgentApp[];
    readonly sink: WebhookSink;
  },
): NodeJS.Timeout {
  let asking = false;
  return setInterval(() => {
    if (asking) return;
    asking = true;
    void readProgress(parts.organizations)
      .then((progress) => {
        const seconds = Math.round((Date.now() - beganAt) / 1_000);
        const { poster, faultRunner, agents, sink } = parts;
        const stands = progress ? `${progress.inCall} in call, ${progress.ended} ended` : 'the API does not answer';
        const messages = agents.reduce((sum, { received }) => sum + received.length, 0);
        say(
          `${String(seconds).padStart(4)} s  posted ${poster.posted.size}/${options.deliveries}, ${stands}, ` +
            `${messages} messages, ${sink.received.length} webhooks, ${faultRunner.log.length} fault entries`,
        );
      })
      .finally(() => (asking = false));
  }, PROGRESS_EVERY_MS);
}

async function passing(durationMs: number, control: RunControl): Promise<void> {
  const until = Date.now() + durationMs;
  while (Date.now() < until && !control.isEnded()) await new Promise((resume) => setTimeout(resume, 250));
}

async function ended(control: RunControl): Promise<void> {
  while (!control.isEnded()) await new Promise((resume) => setTimeout(resume, 250));
}

async function timelinesOf(
  judgements: readonly Judgement[],
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
