import { AgentApp } from '../agents/agent-app.js';
import type { ChaosOptions } from '../support/options.js';
import { findPlaceByLocalTime } from '../support/places.js';
import { seedOrganizations, type SeededOrganization } from '../seeding/organizations.js';
import { planDeliveries, type PlannedDelivery } from '../seeding/plan-deliveries.js';
import { SeededRandom } from '../support/seeded-random.js';
import { WebhookSink } from '../witnesses/webhook-sink.js';
import { bearer, JsonClient } from '../support/json-client.js';
import type { ChaosEnvironment } from '../environment/environment.js';

const SEEDING_TIMEOUT_MS = 30_000;
const OPERATOR_TIMEOUT_MS = 5_000;
const EARLY_AFTERNOON_MINUTES = 13 * 60;
const NIGHT_MINUTES = 2 * 60;

/** The participants of a run before it begins. */
export interface Stage {
  readonly planned: readonly PlannedDelivery[];
  readonly organizations: readonly SeededOrganization[];
  readonly agents: readonly AgentApp[];
  readonly sink: WebhookSink;
  readonly operator: JsonClient;
  readonly city: string;
  close(): Promise<void>;
}

/**
 * Registers customers with the simulator, creates organizations and agents through the API, and opens the agents'
 * applications.
 */
export async function openStage(environment: ChaosEnvironment, options: ChaosOptions, seed: number): Promise<Stage> {
  const sink = new WebhookSink(SeededRandom.named(seed, 'webhook sink'));
  await sink.open();
  const agents: AgentApp[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(agents.map((agent) => agent.close()));
    await sink.close();
  };
  try {
    const now = new Date();
    const day = findPlaceByLocalTime(EARLY_AFTERNOON_MINUTES, now);
    const night = findPlaceByLocalTime(NIGHT_MINUTES, now);
    const durationMs = options.durationSeconds * 1_000;
    const planned = planDeliveries({ seed, count: options.deliveries, durationMs, day, night, now });
    const simulator = new JsonClient(environment.simulatorUrl, {}, SEEDING_TIMEOUT_MS);
    await simulator.post('/simulator/customers', { customers: planned.map((plan) => plan.simulatorCustomer) });
    const organizations = await seedOrganizations({
      ...environment,
      day,
      night,
      now,
      webhookUrl: (key) => sink.urlFor(key),
      timeoutMs: SEEDING_TIMEOUT_MS,
    });
    for (const { key, webhookSecret, agents: seeded } of organizations) {
      sink.setSecret(key, webhookSecret);
      for (const { agentId, name, token } of seeded)
        agents.push(new AgentApp(agentId, name, environment.gatewayUrl, token, SeededRandom.named(seed, name)));
    }
    const operator = new JsonClient(environment.gatewayUrl, bearer(environment.operatorKey), OPERATOR_TIMEOUT_MS);
    return { planned, organizations, agents, sink, operator, city: day.city, close };
  } catch (error) {
    await close();
    throw error;
  }
}
