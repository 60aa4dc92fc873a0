import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallCompleted,
  CallRequested,
  CreateAgentRpc,
  CreateDeliveryRpc,
  GetDeliveryRpc,
  InstructionsCorrected,
  InstructionsExtracted,
  OrganizationCreated,
  type AgentInput,
  type CallCompletedPayload,
  type CallRequestedPayload,
  type Delivery,
  type DeliveryInput,
  type EventContract,
  type Instructions,
  type Language,
  type RpcContract,
} from '#libs/contracts/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { OrganizationProfileRepository } from '../organizations/organization-profile.repository.js';
import { createOrganizationProfile } from './organization-profile.js';
import { routingModules } from './routing-modules.js';

/** 10:00 in Chicago, the time zone of every customer in these tests. */
export const MORNING = new Date('2026-03-03T16:00:00Z');
const HOUR_MS = 3_600_000;

/** Waits until the probe returns a value, and returns it. */
export const eventually = <T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  deadlineMs = 120_000,
): Promise<T> => waitUntil(probe, { what, deadlineMs, everyMs: 20 });

/** The fields of `CallCompleted` that describe an unanswered call. */
export const NOT_REACHED = {
  outcome: 'no_answer',
  durationSeconds: 0,
  recordingExpected: false,
  conversationFinished: false,
} as const;

/** A clock that continues to run from the instant it is set to. */
class SettableClock extends Clock {
  private base = MORNING.getTime();
  private setAt = performance.now();

  override now(): Date {
    return new Date(this.base + performance.now() - this.setAt);
  }

  set at(instant: Date) {
    this.base = instant.getTime();
    this.setAt = performance.now();
  }

  get at(): Date {
    return this.now();
  }
}

/** Publishes the creation of an organization, as the gateway does. */
export async function publishOrganization(mesh: MeshDouble, organizationId: string): Promise<void> {
  const payload = createOrganizationProfile(organizationId, { dispatcherPhone: '+13125550199' });
  await mesh.publish(OrganizationCreated, { payload, aggregateId: organizationId, organizationId });
}

/** Routing on real servers with a settable clock. Tests act as the other apps. */
export class RoutingUnderTest {
  private serial = 0;

  private constructor(
    readonly app: INestApplication,
    readonly mesh: MeshDouble,
    readonly clock: SettableClock,
  ) {}

  static async start(): Promise<RoutingUnderTest> {
    const clock = new SettableClock();
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const module = await Test.createTestingModule({
      imports: routingModules(
        { mongoUri: servers.mongo.uri, natsUrl: servers.nats.url, redisUrl: servers.redis.url },
        { now: () => clock.now() },
      ),
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const app = module.createNestApplication(new FastifyAdapter(), { logger: ['error', 'warn'] });
    await connectMessaging(app);
    return new RoutingUnderTest(app, await MeshDouble.open(servers.nats.url, 'gateway'), clock);
  }

  async close(): Promise<void> {
    await this.mesh.close();
    await this.app.close();
  }

  nextSerial(): number {
    this.serial += 1;
    return this.serial;
  }

  hoursFromNow(hours: number): string {
    return new Date(this.clock.at.getTime() + hours * HOUR_MS).toISOString();
  }

  /** Creates an organization, one for each test, so that tests share nothing. */
  async createOrganization(): Promise<TestOrganization> {
    const organizationId = `org_${this.nextSerial()}`;
    await publishOrganization(this.mesh, organizationId);
    const tenant = parseOrganizationId(organizationId);
    await eventually(
      'the profile',
      async () => (await this.app.get(OrganizationProfileRepository).findById(tenant, tenant)) ?? undefined,
    );
    return new TestOrganization(this, organizationId);
  }
}

/** Acts as the partners and agents of one organization, and as the other apps, toward routing. */
export class TestOrganization {
  constructor(
    private readonly routing: RoutingUnderTest,
    readonly organizationId: string,
  ) {}

  private get mesh(): MeshDouble {
    return this.routing.mesh;
  }

  private get asOrganization(): { organizationId: string } {
    return { organizationId: this.organizationId };
  }

  /** Calls routing as the gateway does. */
  call<Q extends object, R extends object>(contract: RpcContract<Q, R>, request: Q): Promise<R> {
    return this.mesh.call(contract, request, this.asOrganization);
  }

  createAgent(overrides: Partial<AgentInput> = {}): Promise<{ agentId: string }> {
    const input: AgentInput = {
      name: 'Ana',
      phone: '+13125550199',
      position: [-87.63, 41.88],
      skills: [],
      shift: { start: this.routing.hoursFromNow(-1), end: this.routing.hoursFromNow(10) },
      capacity: { count: 10 },
      experience: 0.5,
      ...overrides,
    };
    return this.mesh.call(CreateAgentRpc, input, this.asOrganization);
  }

  /**
   * Posts a delivery as a partner does.
   * @param commandId makes the request idempotent, as the gateway derives it from an `Idempotency-Key`
   */
  postDelivery(overrides: Partial<DeliveryInput> = {}, commandId?: string): Promise<Delivery> {
    const serial = this.routing.nextSerial();
    const phone = `+1312555${String(1000 + serial).slice(-4)}`;
    const input: DeliveryInput = {
      reference: `R-${serial}`,
      customer: { name: 'Cara', phone, position: [-87.6, 41.9], legalBasis: 'consent' },
      window: { start: this.routing.hoursFromNow(3), end: this.routing.hoursFromNow(6) },
      ...overrides,
    };
    return this.mesh.call(CreateDeliveryRpc, input, {
      ...this.asOrganization,
      ...(commandId === undefined ? {} : { commandId }),
    });
  }

  get({ deliveryId }: { deliveryId: string }): Promise<Delivery> {
    return this.call(GetDeliveryRpc, { deliveryId });
  }

  waitForState({ deliveryId }: Delivery, state: Delivery['state']): Promise<Delivery> {
    return eventually(`${deliveryId} to be ${state}`, async () => {
      const delivery = await this.get({ deliveryId });
      return delivery.state === state && delivery;
    });
  }

  /** Waits for at least one event, as events are published shortly after the change that causes them. */
  waitForEvents<P extends object>(contract: EventContract<P>, id: string): Promise<P[]> {
    return eventually(`${contract.subject} of ${id}`, async () => {
      const events = await this.listEvents(contract, id);
      return events.length > 0 && events;
    });
  }

  async listEvents<P extends object>(contract: EventContract<P>, id: string): Promise<P[]> {
    const all = await this.mesh.published(contract);
    return all.filter(({ aggregateId }) => aggregateId === id).map(({ payload }) => payload);
  }

  /** Waits for the call request of the n-th attempt. */
  waitForCallRequest({ deliveryId }: Delivery, attempt = 1): Promise<CallRequestedPayload> {
    return eventually(`call ${attempt} of ${deliveryId}`, async () =>
      (await this.listEvents(CallRequested, deliveryId)).find((request) => request.attempt === attempt),
    );
  }

  async publishCallEnd(request: CallRequestedPayload, overrides: Partial<CallCompletedPayload> = {}): Promise<void> {
    const { attemptId, deliveryId } = request;
    const payload: CallCompletedPayload = {
      attemptId,
      deliveryId,
      outcome: 'answered',
      durationSeconds: 40,
      recordingExpected: true,
      conversationFinished: true,
      ...overrides,
    };
    await this.mesh.publish(CallCompleted, {
      payload,
      aggregateId: attemptId,
      sequence: 9,
      occurredAt: this.routing.clock.at,
      organizationId: this.organizationId,
    });
  }

  /** Publishes a reviewer's correction of the instructions. */
  async publishCorrection(
    { attemptId, deliveryId }: CallRequestedPayload,
    instructions: Instructions,
    removed: string[] = [],
    version = 2,
  ): Promise<void> {
    const recordingId = `rec_${attemptId}`;
    const payload = {
      attemptId,
      deliveryId,
      recordingId,
      text: 'as heard',
      instructions,
      removed,
      version,
      correctedBy: 'usr_1',
    };
    await this.mesh.publish(InstructionsCorrected, {
      payload,
      aggregateId: recordingId,
      organizationId: this.organizationId,
      occurredAt: this.routing.clock.at,
      sequence: version + 1,
    });
  }

  async publishInstructions(
    { attemptId, deliveryId }: CallRequestedPayload,
    text: string,
    instructions: Instructions,
    language: Language = 'en',
  ): Promise<void> {
    const recordingId = `rec_${attemptId}`;
    const payload = { attemptId, deliveryId, recordingId, text, instructions, language, provider: 'local' };
    await this.mesh.publish(InstructionsExtracted, {
      payload,
      aggregateId: payload.recordingId,
      occurredAt: this.routing.clock.at,
      organizationId: this.organizationId,
    });
  }
}

/** Creates a finding that a reviewer stated. */
export const byReviewer = <V>(value: V) => ({ value, confidence: 1, source: 'person' as const });
/** Creates a finding from the analysis of words. */
export const analyzed = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });
/** Creates a finding that the customer keyed in. */
export const keyed = <V>(value: V) => ({ value, confidence: 1, source: 'keys' as const });
export const garage: Instructions = { safePlace: analyzed('garage' as const), complexity: 1 };
