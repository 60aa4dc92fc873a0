import type { INestApplication } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CreateAgentRpc,
  CreateDeliveryRpc,
  GetDeliveryRpc,
  OrganizationCreated,
  type Agent,
  type AgentInput,
  type Delivery,
  type DeliveryInput,
  type EventContract,
  type EventEnvelope,
  type RpcContract,
} from '#libs/contracts/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { OrganizationProfileRepository } from '../organizations/organization-profile.repository.js';
import { createOrganizationProfile } from './organization-profile.js';
import { routingModules } from './routing-modules.js';

/** 10:00 in Chicago, the time zone of every customer in these specs. */
export const MORNING = new Date('2026-03-03T16:00:00Z');
const HOUR_MS = 3_600_000;

/** A clock that continues to run from the instant it is set to. */
class SettableClock extends Clock {
  private base = MORNING.getTime();
  private setAt = performance.now();

  override now(): Date {
    return new Date(this.base + performance.now() - this.setAt);
  }

  set(instant: Date): void {
    this.base = instant.getTime();
    this.setAt = performance.now();
  }
}

/** Waits up to 10 seconds until the probe returns a value, and returns it. */
export const eventually = <T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> =>
  waitUntil(probe, { what, everyMs: 20 });

let serial = 0;

/** The connection of a spec to the mesh. The spec calls routing and publishes events as the other apps do. */
export interface OtherApps {
  call<Q extends object, R extends object>(
    contract: RpcContract<Q, R>,
    request: Q,
    options: { organizationId: string },
  ): Promise<R>;
  publish<P extends object>(
    contract: EventContract<P>,
    event: { payload: P; aggregateId: string; organizationId: string; sequence?: number },
  ): Promise<EventEnvelope<P>>;
  published<P extends object>(contract: EventContract<P>): Promise<EventEnvelope<P>[]>;
  close(): Promise<void>;
}

export interface ServerUrls {
  readonly mongo: string;
  readonly nats: string;
  readonly redis: string;
}

/** Routing on real servers with a settable clock. The spec acts as the other apps. */
export class RoutingFixture {
  private constructor(
    readonly app: INestApplication,
    readonly mesh: OtherApps,
    readonly clock: SettableClock,
  ) {}

  static async start(urls: ServerUrls, openMesh: () => Promise<OtherApps>): Promise<RoutingFixture> {
    const clock = new SettableClock();
    const module = await Test.createTestingModule({
      imports: routingModules(
        { mongoUri: urls.mongo, natsUrl: urls.nats, redisUrl: urls.redis },
        { now: () => clock.now() },
      ),
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const app = module.createNestApplication(new FastifyAdapter(), { logger: ['error', 'warn'] });
    await connectMessaging(app);
    return new RoutingFixture(app, await openMesh(), clock);
  }

  get connection(): Connection {
    return this.app.get<Connection>(getConnectionToken());
  }

  hoursFromNow(hours: number): string {
    return new Date(this.clock.now().getTime() + hours * HOUR_MS).toISOString();
  }

  async close(): Promise<void> {
    await this.mesh.close();
    await this.app.close();
  }

  /** Creates an organization, one for each test, so that tests share nothing. */
  async createOrganization(): Promise<TestOrganization> {
    serial += 1;
    const organizationId = `org_w${serial}`;
    const payload = createOrganizationProfile(organizationId);
    await this.mesh.publish(OrganizationCreated, { payload, aggregateId: organizationId, organizationId });
    const tenant = parseOrganizationId(organizationId);
    const profiles = this.app.get(OrganizationProfileRepository);
    await eventually('the profile', async () => (await profiles.findById(tenant, tenant)) ?? undefined);
    return new TestOrganization(this, organizationId);
  }
}

/** Sends the requests of one organization to routing, as the gateway does. */
export class TestOrganization {
  constructor(
    private readonly fixture: RoutingFixture,
    readonly organizationId: string,
  ) {}

  call<Q extends object, R extends object>(contract: RpcContract<Q, R>, request: Q): Promise<R> {
    return this.fixture.mesh.call(contract, request, { organizationId: this.organizationId });
  }

  createAgent(overrides: Partial<AgentInput> = {}): Promise<Agent> {
    return this.call(CreateAgentRpc, {
      name: 'Ana',
      phone: '+13125550199',
      position: [-87.63, 41.88],
      skills: [],
      shift: { start: this.fixture.hoursFromNow(-1), end: this.fixture.hoursFromNow(10) },
      capacity: { count: 10 },
      experience: 0.5,
      ...overrides,
    });
  }

  postDelivery(overrides: Partial<DeliveryInput> = {}): Promise<Delivery> {
    serial += 1;
    const phone = `+1312555${String(1000 + serial).slice(-4)}`;
    return this.call(CreateDeliveryRpc, {
      reference: `R-${serial}`,
      customer: { name: 'Cara', phone, position: [-87.6, 41.9], legalBasis: 'consent' },
      window: { start: this.fixture.hoursFromNow(3), end: this.fixture.hoursFromNow(6) },
      ...overrides,
    });
  }

  /** Posts a delivery whose `decideBy` is in the past, so that it is assigned at once without a call. */
  postDeliveryWithoutCall(overrides: Partial<DeliveryInput> = {}): Promise<Delivery> {
    return this.postDelivery({ decideBy: this.fixture.hoursFromNow(-1), ...overrides });
  }

  get({ deliveryId }: Pick<Delivery, 'deliveryId'>): Promise<Delivery> {
    return this.call(GetDeliveryRpc, { deliveryId });
  }

  waitForState({ deliveryId }: Pick<Delivery, 'deliveryId'>, state: Delivery['state']): Promise<Delivery> {
    return eventually(`${deliveryId} to be ${state}`, async () => {
      const delivery = await this.get({ deliveryId });
      return delivery.state === state && delivery;
    });
  }

  /** Waits until `count` events of this contract about this aggregate are published, and returns all of them. */
  waitForEvents<P extends object>(contract: EventContract<P>, id: string, count = 1): Promise<EventEnvelope<P>[]> {
    return eventually(`${contract.subject} of ${id}`, async () => {
      const events = (await this.fixture.mesh.published(contract)).filter(({ aggregateId }) => aggregateId === id);
      return events.length >= count && events;
    });
  }
}
