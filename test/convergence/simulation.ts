import type { Provider } from '@nestjs/common';
import { CodedError, OrganizationCreated, type AppName, type EventEnvelope } from '#libs/contracts/index.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { organizationId } from '#libs/persistence/index.js';
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
import { organizationProfile } from '../../apps/routing/src/testing/organization-profile.js';
import { TranscriptionConfig } from '../../apps/transcription/src/config/config.module.js';
import { TranscriptionModule } from '../../apps/transcription/src/transcription.module.js';
import { Analysts, Recognisers } from '../../apps/transcription/src/providers/providers.module.js';
import { AgentsAtWork } from './agents-at-work.js';
import { MemoryApp } from './memory/memory-app.js';
import { onlyDelivery, outcomeOf, untold, type Apps, type Outcome } from './outcome.js';
import { OutsideWorld, REPLANNED_AFTER } from './outside-world.js';
import { SimulatedClock, SimulatedMesh } from './simulated-mesh.js';
import type { Story } from './stories.js';
import { CALM, turbulence, type Turbulence } from './turbulence.js';

const ORGANIZATION = organizationId('org_1');
/** Ten in the morning in Chicago. */
const MORNING = Date.parse('2026-03-03T16:00:00Z');
const HOUR = 3_600_000;
/** By then everything has happened and arrived. */
const END = MORNING + 6 * HOUR;
/** Longer than any event but a straggler takes, so that what is called next is the same however events arrive. */
const RETRY_SECONDS = 900;

const at = (hours: number): string => new Date(MORNING + hours * HOUR).toISOString();

/** How a run ended: the outcome, and what the agent who has the delivery was not told. */
export interface Ending {
  readonly outcome: Outcome;
  readonly untold: readonly string[];
}

/**
 * The apps that a delivery passes, with their own code, on databases in memory, and the world around them. A story is played
 * as it would happen on a quiet day, and then again and again in turbulence; all must end alike.
 */
export class Simulation {
  private begun: (() => void) | undefined;
  private startMs = MORNING;

  private constructor(
    private readonly apps: Apps,
    private readonly mesh: SimulatedMesh,
  ) {}

  /** @param overrides of routing's parts, to see that faults are found */
  static async start(overrides: readonly Provider[] = []): Promise<Simulation> {
    const clock = new SimulatedClock(MORNING);
    const apps = new Map<AppName, MemoryApp>();
    const mesh = new SimulatedMesh(apps, clock, CALM);
    const publish = (event: EventEnvelope): void => mesh.publish(event);
    const routing = await MemoryApp.start({
      app: 'routing',
      module: RoutingFeatures.forConfig(routingConfig()),
      clock,
      publish,
      overrides,
    });
    const notifications = await MemoryApp.start({
      ...{ app: 'notifications', module: NotificationsModule.forConfig(notificationsConfig()), clock, publish },
    });
    const analytics = await MemoryApp.start({
      ...{ app: 'analytics', module: AnalyticsModule.forConfig(baseConfig(new AppConfig())), clock, publish },
    });
    const transcription = await MemoryApp.start({
      ...{ app: 'transcription', module: TranscriptionModule.forConfig(transcriptionConfig()), clock, publish },
      // Recordings are read and understood by the outside world, as the story says.
      overrides: [
        { provide: Recognisers, useValue: new Recognisers([]) },
        { provide: Analysts, useValue: new Analysts([]) },
        { provide: ObjectStore, useValue: {} },
      ],
    });
    apps.set('routing', routing).set('notifications', notifications).set('analytics', analytics);
    apps.set('transcription', transcription);
    const simulation = new Simulation({ routing, notifications, analytics, transcription }, mesh);
    await simulation.furnish();
    return simulation;
  }

  /** Posts a delivery whose customer is about to be called: every run of a story begins there. */
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
    this.begun = () => {
      for (const [app, snapshot] of snapshots) app.store.restore(snapshot);
    };
  }

  /** As it would happen on a quiet day. */
  calm(story: Story): Promise<Ending> {
    return this.play(story, CALM);
  }

  /** @param attempts as many as a quiet day has: events about the last may arrive at any later time */
  turbulent(story: Story, seed: number, attempts: number): Promise<Ending> {
    return this.play(
      story,
      turbulence(seed, (event) => mayStraggle(event, story, attempts)),
    );
  }

  private async play(story: Story, weather: Turbulence): Promise<Ending> {
    if (!this.begun) throw new Error('Begin the simulation first.');
    this.begun();
    this.mesh.restart(weather, this.startMs);
    new OutsideWorld(this.mesh, story, ORGANIZATION);
    new AgentsAtWork(this.mesh, this.apps.routing, this.apps.notifications, story);
    if (story.isReplanned) this.mesh.after(REPLANNED_AFTER, () => this.replan());
    await this.mesh.runUntil(END);
    return { outcome: outcomeOf(this.apps), untold: untold(this.apps) };
  }

  private async replan(): Promise<void> {
    const { routing } = this.apps;
    const { _id: deliveryId } = onlyDelivery(routing);
    const request = { deliveryId, rescheduling: { window: { start: at(30), end: at(32) } } };
    try {
      await routing.run((tx) => routing.get(RescheduleDelivery).execute(ORGANIZATION, request, tx));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
    }
  }

  private async furnish(): Promise<void> {
    const { routing, notifications } = this.apps;
    this.mesh.publish({
      ...{ id: 'org#1', subject: OrganizationCreated.subject, organizationId: ORGANIZATION, aggregateId: ORGANIZATION },
      ...{ sequence: 1, occurredAt: at(0), payload: organizationProfile(ORGANIZATION) },
    });
    await this.mesh.runUntil(MORNING + 100);
    for (const [name, lng] of [
      ['Ana', -87.61],
      ['Ben', -87.7],
    ] as const) {
      const agent = {
        ...{ name, phone: '+13125550199', position: [lng, 41.9] as [number, number], skills: [], experience: 0.5 },
        ...{ shift: { start: at(-1), end: at(40) }, capacity: { count: 10 } },
      };
      await routing.run((tx) => routing.get(CreateAgent).execute(ORGANIZATION, agent, tx));
    }
    const endpoint: WebhookEndpointDocument = {
      ...{ _id: 'whe_1', organizationId: ORGANIZATION, revision: 1, sequence: 0, url: 'https://partner.example/' },
      ...{ secret: 'whsec_c2VjcmV0', previousSecrets: [], createdAt: new Date(MORNING) },
    };
    notifications.store.put('WebhookEndpoint', endpoint as unknown as { _id: string });
    await this.mesh.runUntil(MORNING + 200);
  }
}

/** Outcomes after which no call follows. */
const FINAL: readonly string[] = ['answered', 'voicemail', 'failed', 'canceled'];
/** As often as the organization has a customer called. */
const MAX_ATTEMPTS = 3;

/**
 * What may come later than all waits: telephony's and transcription's reports of the last call, later messages and corrections.
 * Of earlier calls everything arrives before the next one is due: else there would be another call, and another story.
 */
function mayStraggle({ subject, payload }: EventEnvelope, { calls }: Story, attempts: number): boolean {
  if (!/^(telephony|transcription)\./.test(subject)) return false;
  const { attemptId = '', messageId } = payload as { attemptId?: string; messageId?: string };
  if (messageId !== undefined || subject.includes('corrected')) return true;
  const outcome = calls[attempts - 1]?.outcome ?? 'answered';
  const isLast = FINAL.includes(outcome) || attempts === MAX_ATTEMPTS;
  if (attemptId.startsWith('in.')) return isLast && attempts === 1;
  return isLast && attemptId.endsWith(`.${attempts}`);
}

const baseConfig = <T extends AppConfig>(config: T): T =>
  Object.assign(config, {
    ...{
      PORT: 0,
      MONGODB_URI: 'mongodb://in-memory/none',
      NATS_URL: 'nats://in-memory:4222',
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
    },
  });

const routingConfig = (): RoutingConfig =>
  Object.assign(baseConfig(new RoutingConfig()), {
    ...{ REDIS_URL: 'redis://in-memory:6379', LEARN_CALL_TIMES: false },
    ...{ RETRY_BUSY_SECONDS: RETRY_SECONDS, RETRY_NO_ANSWER_SECONDS: RETRY_SECONDS },
    ...{ RETRY_DROPPED_SECONDS: RETRY_SECONDS, RETRY_NOT_PLACED_SECONDS: RETRY_SECONDS },
  });

const transcriptionConfig = (): TranscriptionConfig =>
  Object.assign(baseConfig(new TranscriptionConfig()), {
    ...{ REDIS_URL: 'redis://in-memory:6379', SPEECH_TO_TEXT: 'replay', INSTRUCTION_ANALYST: 'local' },
  });

const notificationsConfig = (): NotificationsConfig =>
  Object.assign(baseConfig(new NotificationsConfig()), {
    ...{ REDIS_URL: 'redis://in-memory:6379', PUSH: 'web-push', VAPID_SUBJECT: 'mailto:ops@delauto.example' },
    ...{ VAPID_PUBLIC_KEY: 'A'.repeat(87), VAPID_PRIVATE_KEY: 'A'.repeat(43) },
  });
