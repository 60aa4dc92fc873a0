import type { Provider } from '@nestjs/common';
import { CodedError, OrganizationCreated, type AppName, type EventEnvelope } from '#libs/contracts/index.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import type { WebhookEndpointDocument } from '../../apps/notifications/src/webhook-endpoints/webhook-endpoints.module.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { AppConfig } from '#libs/platform/config/index.js';
import { AnalyticsModule } from '../../apps/analytics/src/analytics.module.js';
import { NotificationsConfig } from '../../apps/notifications/src/config/config.module.js';
import { NotificationsModule } from '../../apps/notifications/src/notifications.module.js';
import { CreateAgent } from '../../apps/routing/src/agent-commands/agent-commands.module.js';
import {
  CreateDelivery,
  RescheduleDelivery,
} from '../../apps/routing/src/delivery-commands/delivery-commands.module.js';
import { RoutingConfig } from '../../apps/routing/src/config/config.module.js';
import { RoutingFeatures } from '../../apps/routing/src/routing.module.js';
import { createOrganizationProfile } from '../../apps/routing/src/testing/organization-profile.js';
import { TranscriptionConfig } from '../../apps/transcription/src/config/config.module.js';
import { TranscriptionModule } from '../../apps/transcription/src/transcription.module.js';
import { Analysts, Recognizers } from '../../apps/transcription/src/providers/providers.module.js';
import { SimulatedAgents } from './simulated-agents.js';
import { MemoryApp } from './memory/memory-app.js';
import { getOnlyDelivery, toOutcome, findMissingAgentKnowledge, type Apps, type Outcome } from './outcome.js';
import { ExternalSystems, REPLANNING_DELAY_MS } from './external-systems.js';
import { SimulatedClock, SimulatedMesh } from './simulated-mesh.js';
import type { Story } from './stories.js';
import { NO_TURBULENCE, createTurbulence, type Turbulence } from './turbulence.js';

const ORGANIZATION = parseOrganizationId('org_1');
/** 10:00 in Chicago. */
const MORNING_MS = Date.parse('2026-03-03T16:00:00Z');
const HOUR_MS = 3_600_000;
/** The end of a run, when every event has occurred and arrived. */
const END_MS = MORNING_MS + 6 * HOUR_MS;
/** Longer than the delay of any event that is not late, so that the next call is the same in every order of events. */
const RETRY_SECONDS = 900;

const at = (hours: number): string => new Date(MORNING_MS + hours * HOUR_MS).toISOString();

/** The result of a run: the outcome, and the facts of which the delivery's agent was not notified. */
export interface Ending {
  readonly outcome: Outcome;
  readonly missingAgentKnowledge: readonly string[];
}

/**
 * The apps that a delivery passes through, with their own code on in-memory databases, and simulated external systems.
 * A story is played once without disturbance, and then repeatedly with turbulence; all runs must end with the same
 * outcome.
 */
export class Simulation {
  private restoreStart: (() => void) | undefined;
  private startMs = MORNING_MS;

  private constructor(
    private readonly apps: Apps,
    private readonly mesh: SimulatedMesh,
  ) {}

  /** @param overrides Replacements of routing's providers, to show that the simulation detects faults. */
  static async start(overrides: readonly Provider[] = []): Promise<Simulation> {
    const clock = new SimulatedClock(MORNING_MS);
    const apps = new Map<AppName, MemoryApp>();
    const mesh = new SimulatedMesh(apps, clock, NO_TURBULENCE);
    const publish = (event: EventEnvelope): void => mesh.publish(event);
    const routing = await MemoryApp.start({
      app: 'routing',
      module: RoutingFeatures.forConfig(routingConfig()),
      clock,
      publish,
      overrides,
    });
    const notifications = await MemoryApp.start({
      app: 'notifications',
      module: NotificationsModule.forConfig(notificationsConfig()),
      clock,
      publish,
    });
    const analytics = await MemoryApp.start({
      app: 'analytics',
      module: AnalyticsModule.forConfig(baseConfig(new AppConfig())),
      clock,
      publish,
    });
    const transcription = await MemoryApp.start({
      app: 'transcription',
      module: TranscriptionModule.forConfig(transcriptionConfig()),
      clock,
      publish,
      // The story determines how external systems transcribe and analyze recordings.
      overrides: [
        { provide: Recognizers, useValue: new Recognizers([]) },
        { provide: Analysts, useValue: new Analysts([]) },
        { provide: ObjectStore, useValue: {} },
      ],
    });
    apps.set('routing', routing).set('notifications', notifications).set('analytics', analytics);
    apps.set('transcription', transcription);
    const simulation = new Simulation({ routing, notifications, analytics, transcription }, mesh);
    await simulation.createFixtures();
    return simulation;
  }

  /** Posts a delivery whose customer is about to be called. Every run of a story starts from this state. */
  async begin(): Promise<void> {
    const { routing } = this.apps;
    const input = {
      reference: 'R-1',
      customer: {
        name: 'Cara',
        phone: '+13125550142',
        position: [-87.6, 41.9] as [number, number],
        legalBasis: 'consent' as const,
      },
      window: { start: at(8), end: at(10) },
    };
    await routing.run((tx) => routing.get(CreateDelivery).execute(ORGANIZATION, input, tx));
    this.startMs = this.mesh.clock.ms;
    const snapshots = Object.values(this.apps).map((app: MemoryApp) => [app, app.store.snapshot()] as const);
    this.restoreStart = () => {
      for (const [app, snapshot] of snapshots) app.store.restore(snapshot);
    };
  }

  /** Plays a story without disturbance. */
  playUndisturbed(story: Story): Promise<Ending> {
    return this.play(story, NO_TURBULENCE);
  }

  /**
   * @param attempts The number of attempts without disturbance. Events of the last attempt may arrive at any later
   * time.
   */
  playTurbulent(story: Story, seed: number, attempts: number): Promise<Ending> {
    return this.play(
      story,
      createTurbulence(seed, (event) => mayBeLate(event, story, attempts)),
    );
  }

  private async play(story: Story, turbulenceOfRun: Turbulence): Promise<Ending> {
    if (!this.restoreStart) throw new Error('Call begin() before playing a story.');
    this.restoreStart();
    this.mesh.restart(turbulenceOfRun, this.startMs);
    new ExternalSystems(this.mesh, story, ORGANIZATION);
    new SimulatedAgents(this.mesh, this.apps.routing, this.apps.notifications, story);
    if (story.isReplanned) this.mesh.after(REPLANNING_DELAY_MS, () => this.replan());
    await this.mesh.runUntil(END_MS);
    return { outcome: toOutcome(this.apps), missingAgentKnowledge: findMissingAgentKnowledge(this.apps) };
  }

  private async replan(): Promise<void> {
    const { routing } = this.apps;
    const { _id: deliveryId } = getOnlyDelivery(routing);
    const request = { deliveryId, rescheduling: { window: { start: at(30), end: at(32) } } };
    try {
      await routing.run((tx) => routing.get(RescheduleDelivery).execute(ORGANIZATION, request, tx));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
    }
  }

  private async createFixtures(): Promise<void> {
    const { routing, notifications } = this.apps;
    this.mesh.publish({
      id: 'org#1',
      subject: OrganizationCreated.subject,
      organizationId: ORGANIZATION,
      aggregateId: ORGANIZATION,
      sequence: 1,
      occurredAt: at(0),
      payload: createOrganizationProfile(ORGANIZATION),
    });
    await this.mesh.runUntil(MORNING_MS + 100);
    for (const [name, lng] of [
      ['Ana', -87.61],
      ['Ben', -87.7],
    ] as const) {
      const agent = {
        name,
        phone: '+13125550199',
        position: [lng, 41.9] as [number, number],
        skills: [],
        experience: 0.5,
        shift: { start: at(-1), end: at(40) },
        capacity: { count: 10 },
      };
      await routing.run((tx) => routing.get(CreateAgent).execute(ORGANIZATION, agent, tx));
    }
    const endpoint: WebhookEndpointDocument = {
      _id: 'whe_1',
      organizationId: ORGANIZATION,
      revision: 1,
      sequence: 0,
      url: 'https://partner.example/',
      secret: 'whsec_c2VjcmV0',
      previousSecrets: [],
      createdAt: new Date(MORNING_MS),
    };
    notifications.store.put('WebhookEndpoint', endpoint as unknown as { _id: string });
    await this.mesh.runUntil(MORNING_MS + 200);
  }
}

/** Outcomes after which no further call follows. */
const FINAL_OUTCOMES: readonly string[] = ['answered', 'voicemail', 'failed', 'canceled'];
/** The maximum number of calls per delivery in the organization's calling policy. */
const MAX_ATTEMPTS = 3;

/**
 * Whether an event may arrive after all timeouts: telephony's and transcription's events of the last call, later
 * messages, and corrections. Events of earlier calls arrive before the next call is due; otherwise a different call
 * would follow.
 */
function mayBeLate({ subject, payload }: EventEnvelope, { calls }: Story, attempts: number): boolean {
  if (!/^(telephony|transcription)\./.test(subject)) return false;
  const { attemptId = '', messageId } = payload as { attemptId?: string; messageId?: string };
  if (messageId !== undefined || subject.includes('corrected')) return true;
  const outcome = calls[attempts - 1]?.outcome ?? 'answered';
  const isLast = FINAL_OUTCOMES.includes(outcome) || attempts === MAX_ATTEMPTS;
  if (attemptId.startsWith('in.')) return isLast && attempts === 1;
  return isLast && attemptId.endsWith(`.${attempts}`);
}

const baseConfig = <T extends AppConfig>(config: T): T =>
  Object.assign(config, {
    PORT: 0,
    MONGODB_URI: 'mongodb://in-memory/none',
    NATS_URL: 'nats://in-memory:4222',
    CUSTOMER_DATA_KEY: TEST_DATA_KEY,
  });

const routingConfig = (): RoutingConfig =>
  Object.assign(baseConfig(new RoutingConfig()), {
    REDIS_URL: 'redis://in-memory:6379',
    LEARN_CALL_TIMES: false,
    RETRY_BUSY_SECONDS: RETRY_SECONDS,
    RETRY_NO_ANSWER_SECONDS: RETRY_SECONDS,
    RETRY_DROPPED_SECONDS: RETRY_SECONDS,
    RETRY_NOT_PLACED_SECONDS: RETRY_SECONDS,
  });

const transcriptionConfig = (): TranscriptionConfig =>
  Object.assign(baseConfig(new TranscriptionConfig()), {
    REDIS_URL: 'redis://in-memory:6379',
    SPEECH_TO_TEXT: 'replay',
    INSTRUCTION_ANALYST: 'local',
  });

const notificationsConfig = (): NotificationsConfig =>
  Object.assign(baseConfig(new NotificationsConfig()), {
    REDIS_URL: 'redis://in-memory:6379',
    PUSH: 'web-push',
    VAPID_SUBJECT: 'mailto:ops@delauto.example',
    VAPID_PUBLIC_KEY: 'A'.repeat(87),
    VAPID_PRIVATE_KEY: 'A'.repeat(43),
  });
