import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { AgentInput } from '#libs/contracts/index.js';
import {
  CallCompleted,
  CallDecisionMade,
  CallRefused,
  CallRequested,
  CallWithheld,
  contractRegistry,
  CreateAgent,
  CreateDelivery,
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryRescheduled,
  DeliveryUnassignable,
  GetDelivery,
  InboxMessageAcknowledged,
  InstructionsChanged,
  InstructionsExtracted,
  OrganizationCreated,
  TranscriptionFailed,
  type CallCompletedPayload,
  type CallRequestedPayload,
  type Delivery,
  type DeliveryInput,
  type EventContract,
  type Instructions,
} from '#libs/contracts/index.js';
import { connectMessaging, MessagingModule } from '#libs/messaging/index.js';
import { organizationId as tenantOf, PersistenceModule } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { WorkQueueModule } from '#libs/work-queue/index.js';
import { ROUTING_QUEUES } from './delivery-queue.js';
import { OrganizationProfileRepository } from './organizations/organization-profile.repository.js';
import { RoutingConfig } from './routing.config.js';
import { RoutingFeatures } from './routing.module.js';

/** Ten in the morning in Chicago, where every customer of this file lives. */
const MORNING = new Date('2026-03-03T16:00:00Z');
const HOUR_MS = 3_600_000;

/** Goes on from where it is set, as clocks do. */
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

const clock = new SettableClock();
let app: INestApplication;
let mesh: RestOfMesh;
let serial = 0;

const eventually = <T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> =>
  waitUntil(probe, { what, deadlineMs: 10_000, everyMs: 20 });

const hoursFromNow = (hours: number): string => new Date(clock.at.getTime() + hours * HOUR_MS).toISOString();

/** An organisation of its own for each test, so that tests share nothing. */
async function anOrganization(): Promise<string> {
  serial += 1;
  const organizationId = `org_${serial}`;
  const profile = { organizationId, name: 'Harbour Parcels', zone: 'America/Chicago', maxAttemptsPerDelivery: 3 };
  const payload = { ...profile, callsFromMinute: 9 * 60, callsUntilMinute: 20 * 60 };
  await mesh.tell(OrganizationCreated, { payload, aggregateId: organizationId, organizationId });
  const tenant = tenantOf(organizationId);
  await eventually(
    'the profile',
    async () => (await app.get(OrganizationProfileRepository).findById(tenant, tenant)) ?? undefined,
  );
  return organizationId;
}

class World {
  private constructor(readonly organizationId: string) {}

  static async create(): Promise<World> {
    return new World(await anOrganization());
  }

  agent(over: Partial<AgentInput> = {}): Promise<{ agentId: string }> {
    const input: AgentInput = {
      name: 'Ana',
      phone: '+13125550199',
      position: [-87.63, 41.88],
      skills: [],
      shift: { start: hoursFromNow(-1), end: hoursFromNow(10) },
      capacity: { count: 10 },
      experience: 0.5,
      ...over,
    };
    return mesh.ask(CreateAgent, input, this);
  }

  /** Posted as a partner would; `commandId` as an Idempotency-Key makes it. */
  post(over: Partial<DeliveryInput> = {}, commandId?: string): Promise<Delivery> {
    serial += 1;
    const phone = `+1312555${String(1000 + serial).slice(-4)}`;
    const input: DeliveryInput = {
      reference: `R-${serial}`,
      customer: { name: 'Cara', phone, position: [-87.6, 41.9], legalBasis: 'consent' },
      window: { start: hoursFromNow(3), end: hoursFromNow(6) },
      ...over,
    };
    return mesh.ask(CreateDelivery, input, { ...this, ...(commandId === undefined ? {} : { commandId }) });
  }

  get({ deliveryId }: { deliveryId: string }): Promise<Delivery> {
    return mesh.ask(GetDelivery, { deliveryId }, this);
  }

  reaches({ deliveryId }: Delivery, state: Delivery['state']): Promise<Delivery> {
    return eventually(`${deliveryId} to be ${state}`, async () => {
      const delivery = await this.get({ deliveryId });
      return delivery.state === state && delivery;
    });
  }

  /** Waits for the first of them: an event is published a moment after the change it tells of. */
  firstHeard<P extends object>(contract: EventContract<P>, id: string): Promise<P[]> {
    return eventually(`${contract.subject} of ${id}`, async () => {
      const heard = await this.heardAbout(contract, id);
      return heard.length > 0 && heard;
    });
  }

  async heardAbout<P extends object>(contract: EventContract<P>, id: string): Promise<P[]> {
    const all = await mesh.heard(contract);
    return all.filter(({ aggregateId }) => aggregateId === id).map(({ payload }) => payload);
  }

  /** The call request of the n-th attempt. */
  requested({ deliveryId }: Delivery, attempt = 1): Promise<CallRequestedPayload> {
    return eventually(`call ${attempt} of ${deliveryId}`, async () =>
      (await this.heardAbout(CallRequested, deliveryId)).find((request) => request.attempt === attempt),
    );
  }

  async callEnds(request: CallRequestedPayload, over: Partial<CallCompletedPayload> = {}): Promise<void> {
    const { attemptId, deliveryId } = request;
    const payload: CallCompletedPayload = {
      attemptId,
      deliveryId,
      outcome: 'answered',
      durationSeconds: 40,
      recordingExpected: true,
      conversationFinished: true,
      ...over,
    };
    await mesh.tell(CallCompleted, {
      payload,
      aggregateId: attemptId,
      sequence: 9,
      organizationId: this.organizationId,
    });
  }

  async understood(
    { attemptId, deliveryId }: CallRequestedPayload,
    text: string,
    instructions: Instructions,
  ): Promise<void> {
    const payload = { attemptId, deliveryId, recordingId: `rec_${attemptId}`, text, instructions, provider: 'local' };
    await mesh.tell(InstructionsExtracted, {
      payload,
      aggregateId: payload.recordingId,
      organizationId: this.organizationId,
    });
  }
}

const analysed = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });
const keyed = <V>(value: V) => ({ value, confidence: 1, source: 'keys' as const });
const garage: Instructions = { safePlace: analysed('garage' as const), complexity: 1 };

describe('the way of a delivery through routing', () => {
  // Inside, so that the app is closed before its servers are gone.
  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const config = Object.assign(new RoutingConfig(), {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      ASSIGNMENT_BATCH_MS: 10,
    });
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forApp('routing', 'error'),
        PersistenceModule.forApp({ app: 'routing', uri: config.MONGODB_URI }),
        MessagingModule.forApp({ app: 'routing', natsUrl: config.NATS_URL, registry: contractRegistry }),
        WorkQueueModule.forApp({
          app: 'routing',
          redisUrl: config.REDIS_URL,
          queues: ROUTING_QUEUES,
          now: () => clock.now(),
          options: { sweepMs: 50, hintAfterMs: 100, runAfterMs: 300 },
        }),
        RoutingFeatures.forConfig(config),
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    app = module.createNestApplication(new FastifyAdapter(), { logger: ['error', 'warn'] });
    await connectMessaging(app);
    mesh = await RestOfMesh.open(servers.nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  beforeEach(() => {
    clock.at = MORNING;
  });

  it('plans the call at once, asks telephony for it, waits for understanding, assigns, and ends acknowledged', async () => {
    const world = await World.create();
    const agent = await world.agent();
    const delivery = await world.post();
    expect(delivery.state).toBe('call_planned');

    const request = await world.requested(delivery);
    expect(request).toMatchObject({
      attempt: 1,
      organizationName: 'Harbour Parcels',
      candidateZones: ['America/Chicago'],
    });
    await world.callEnds(request);
    await world.reaches(delivery, 'awaiting_understanding');
    await world.understood(request, 'in the garage please', garage);

    const assigned = await world.reaches(delivery, 'assigned');
    expect(assigned).toMatchObject({ agentId: agent.agentId, transcript: 'in the garage please' });
    const [told] = await world.firstHeard(DeliveryAssigned, delivery.deliveryId);
    expect(told).toMatchObject({ agentId: agent.agentId, customerReached: true, instructions: garage });
    expect(told?.reason.explanation).toMatch(/min/);

    const acknowledgement = { messageId: 'm1', agentId: agent.agentId, deliveryId: delivery.deliveryId };
    for (const sequence of [1, 2]) {
      const payload = { ...acknowledgement, lastChannel: 'websocket' as const, afterMs: 5 };
      await mesh.tell(InboxMessageAcknowledged, { payload, aggregateId: agent.agentId, sequence, ...world });
    }
    await world.reaches(delivery, 'acknowledged');
    expect(await world.firstHeard(DeliveryAcknowledged, delivery.deliveryId)).toHaveLength(1);
  });

  it('makes one delivery of one command, however often it is repeated', async () => {
    const world = await World.create();
    const input = {
      reference: 'once',
      customer: { name: 'C', phone: '+13125557777', position: [-87.6, 41.9] as [number, number] },
    };
    const same = { ...input, window: { start: hoursFromNow(3), end: hoursFromNow(6) } };
    const posts = await Promise.all([1, 2, 3].map(() => world.post(same, 'key-1')));
    expect(new Set(posts.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    await world.requested(posts[0] as Delivery);
    expect(await world.heardAbout(CallRequested, posts[0]?.deliveryId ?? '')).toHaveLength(1);
  });

  it('calls a busy customer again when it is due, as a new attempt, and never more often than allowed', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    for (const attempt of [1, 2, 3]) {
      const request = await world.requested(delivery, attempt);
      expect(request.attemptId).toBe(`${delivery.deliveryId}.${attempt}`);
      await world.callEnds(request, {
        outcome: 'busy',
        durationSeconds: 0,
        recordingExpected: false,
        conversationFinished: false,
      });
      if (attempt < 3) {
        await world.reaches(delivery, 'call_planned');
        clock.at = new Date(clock.at.getTime() + 11 * 60_000);
      }
    }
    expect(await world.reaches(delivery, 'assigned')).toMatchObject({ attempts: 3, contactOutcome: 'busy' });
    expect(await world.heardAbout(CallRequested, delivery.deliveryId)).toHaveLength(3);
  });

  it('does not call where the hours left are unlawful, and says by which rule', async () => {
    const world = await World.create();
    await world.agent({ shift: { start: hoursFromNow(-1), end: hoursFromNow(30) } });
    clock.at = new Date('2026-03-04T04:00:00Z');
    const delivery = await world.post();
    await world.reaches(delivery, 'assigned');
    expect(await world.heardAbout(CallRequested, delivery.deliveryId)).toEqual([]);
    expect(await world.firstHeard(CallWithheld, delivery.deliveryId)).toMatchObject([
      { rule: 'no_lawful_time_before_deadline' },
    ]);
  });

  it('plans anew when telephony refuses at the last moment; the refused attempt counts as no ring', async () => {
    const world = await World.create();
    const delivery = await world.post();
    const { attemptId, deliveryId } = await world.requested(delivery);
    const refusal = { attemptId, deliveryId, rule: 'quiet_hours', detail: 'too late', nextAllowedAt: hoursFromNow(1) };
    await mesh.tell(CallRefused, { payload: refusal, aggregateId: attemptId, ...world });
    const planned = await world.reaches(delivery, 'call_planned');
    expect(planned.plannedCallAt).toBe(refusal.nextAllowedAt);
    clock.at = new Date(refusal.nextAllowedAt);
    expect(await world.requested(delivery, 2)).toMatchObject({ attemptsForDelivery: 0 });
  });

  it('lets an opt-out count during the call, once, and for every later delivery', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    const request = await world.requested(delivery);
    const { attemptId, deliveryId } = request;
    const payload = { attemptId, deliveryId, instructions: { optOut: keyed(true), complexity: 1 } };
    await mesh.tell(CallDecisionMade, { payload, aggregateId: attemptId, ...world });
    await world.callEnds(request, { recordingExpected: false, instructions: payload.instructions });
    await world.reaches(delivery, 'assigned');
    expect(await world.firstHeard(CustomerOptedOut, delivery.customerId)).toHaveLength(1);

    const { phone, customerName: name } = request;
    const later = await world.post({ customer: { name, phone, position: [-87.6, 41.9] } });
    expect(later).toMatchObject({ customerId: delivery.customerId, contactOutcome: 'do_not_call' });
    await world.reaches(later, 'assigned');
    expect(await world.heardAbout(CallRequested, later.deliveryId)).toEqual([]);
  });

  it('moves the delivery to the keyed slot, and no later analysis moves it again', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    const request = await world.requested(delivery);
    const { attemptId, deliveryId } = request;
    const to = { start: hoursFromNow(27), end: hoursFromNow(30) };
    const payload = { attemptId, deliveryId, instructions: { reschedule: keyed({ to }), complexity: 1 } };
    await mesh.tell(CallDecisionMade, { payload, aggregateId: attemptId, ...world });
    await world.callEnds(request, { instructions: payload.instructions });
    const elsewhere = { start: hoursFromNow(50), end: hoursFromNow(52) };
    await world.understood(request, 'on thursday', { reschedule: analysed({ to: elsewhere }), complexity: 1 });
    await eventually('the transcript', async () => (await world.get(delivery)).transcript !== undefined);
    expect(await world.get(delivery)).toMatchObject({ state: 'rescheduled', window: to });
    expect(await world.firstHeard(DeliveryRescheduled, deliveryId)).toMatchObject([{ window: to }]);
  });

  it('takes instructions that overtake the end of their call, and repeats of both, to the same end', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    const request = await world.requested(delivery);
    await world.understood(request, 'in the garage please', garage);
    await world.reaches(delivery, 'assigned');
    await world.callEnds(request);
    await world.callEnds(request);
    await eventually('the outcome', async () => (await world.get(delivery)).contactOutcome === 'answered');
    expect((await world.get(delivery)).state).toBe('assigned');
    expect(await world.firstHeard(DeliveryAssigned, delivery.deliveryId)).toHaveLength(1);
  });

  it('tells the agent what a late analysis adds', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    const request = await world.requested(delivery);
    await world.callEnds(request);
    await world.reaches(delivery, 'awaiting_understanding');
    clock.at = new Date(clock.at.getTime() + 16 * 60_000);
    await world.reaches(delivery, 'assigned');
    await world.understood(request, 'in the garage please', garage);
    const changes = await world.firstHeard(InstructionsChanged, delivery.deliveryId);
    expect(changes).toMatchObject([{ instructions: garage, transcript: 'in the garage please' }]);
  });

  it('goes on without words when the recording cannot be read', async () => {
    const world = await World.create();
    await world.agent();
    const delivery = await world.post();
    const request = await world.requested(delivery);
    const { attemptId, deliveryId } = request;
    const payload = { attemptId, deliveryId, recordingId: 'rec_x', failure: 'no_speech', detail: 'nobody speaks' };
    // Told before the end of its call: different streams keep no order between them.
    await mesh.tell(TranscriptionFailed, { payload, aggregateId: 'rec_x', ...world });
    await eventually('the failure', async () => (await world.get(delivery)).recordingId === 'rec_x');
    await world.callEnds(request, { instructions: { safePlace: keyed('neighbour' as const), complexity: 1 } });
    expect((await world.reaches(delivery, 'assigned')).instructions?.safePlace).toMatchObject({
      value: 'neighbour',
      source: 'keys',
    });
  });

  it('gives nobody more than they can carry, says what binds, and gives the rest when somebody comes', async () => {
    const world = await World.create();
    await world.agent({ capacity: { count: 1 } });
    const deliveries = await Promise.all([1, 2].map(() => world.post({ decideBy: hoursFromNow(-1) })));
    const states = await eventually('both to be planned', async () => {
      const now = await Promise.all(deliveries.map((one) => world.get(one)));
      return now.every(({ state }) => state === 'assigned' || state === 'unassignable') && now;
    });
    expect(states.map(({ state }) => state).sort()).toEqual(['assigned', 'unassignable']);
    const left = states.find(({ state }) => state === 'unassignable') as Delivery;
    expect(await world.firstHeard(DeliveryUnassignable, left.deliveryId)).toHaveLength(1);
    const other = await world.agent({ name: 'Ben' });
    expect(await world.reaches(left, 'assigned')).toMatchObject({ agentId: other.agentId });
  });
});
