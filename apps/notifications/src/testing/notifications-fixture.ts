import type { INestApplication } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Connection } from 'mongoose';
import webPush from 'web-push';
import type { DeliveryAssignedPayload } from '#libs/contracts/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { getDatabase } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import type { NotificationsConfig } from '../config/notifications.config.js';
import { NotificationsModule } from '../notifications.module.js';
import { RetryPolicy } from '../webhook-deliveries/retry-schedule.js';
import { SettableClock } from './settable-clock.js';

/** The URLs of the test servers. */
export interface ServerUrls {
  readonly mongo: string;
  readonly nats: string;
  readonly redis: string;
}

/** Seconds before the first and the second retry of a webhook in tests: three tries in total. */
export const RETRY_WAITS_SECONDS = [60, 60];

/** The whole app with real MongoDB, NATS and Redis servers and a settable clock. */
export class NotificationsFixture {
  private constructor(
    private readonly app: INestApplication,
    readonly clock: SettableClock,
  ) {}

  static async start({ mongo, nats, redis }: ServerUrls): Promise<NotificationsFixture> {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    const config: NotificationsConfig = {
      PORT: 0,
      LOG_LEVEL: 'error',
      MONGODB_URI: mongo,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: nats,
      REDIS_URL: redis,
      PUSH: 'web-push',
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: 'mailto:ops@delauto.example',
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: true,
    };
    const clock = new SettableClock();
    const module = NotificationsModule.forConfig(config, {
      // BullMQ delays wake-ups in real time. With a settable clock, only the sweeper runs due work.
      workQueue: {
        now: () => clock.now(),
        options: { sweepMs: 50, wakeUpAfterMs: 0, runAfterMs: 0, shutdownGraceMs: 1_000 },
      },
    });
    const testingModule = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(RetryPolicy)
      .useValue(new RetryPolicy(RETRY_WAITS_SECONDS, () => 0.5))
      .compile();
    const app = testingModule.createNestApplication(new FastifyAdapter(), { logger: ['error'] });
    await connectMessaging(app);
    return new NotificationsFixture(app, clock);
  }

  /** Reads documents from MongoDB, past the repositories. */
  findRows<T extends object>(collection: string, filter: object): Promise<T[]> {
    return getDatabase(this.app.get<Connection>(getConnectionToken())).collection(collection).find<T>(filter).toArray();
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

let nextId = 0;

/** An id that is unique within the test file. */
export const uniqueId = (prefix: string): string => `${prefix}_${(nextId += 1)}`;

export const WINDOW = { start: '2026-03-02T15:00:00.000Z', end: '2026-03-02T17:00:00.000Z' };

/** Creates a finding from the customer's speech. */
export const createSpokenFinding = <V>(value: V) => ({ value, confidence: 1, source: 'speech' as const });

/** Creates the assignment of a new delivery to a new agent. No webhook, push or SMS may contain its access code. */
export function createAssignment(overrides: Partial<DeliveryAssignedPayload> = {}): DeliveryAssignedPayload {
  return {
    deliveryId: uniqueId('dlv'),
    reference: 'REF-1',
    agentId: uniqueId('agt'),
    agentName: 'Ana',
    customerName: 'Cara',
    position: [-87.6, 41.9],
    window: WINDOW,
    instructions: {
      safePlace: createSpokenFinding('garage' as const),
      accessCode: createSpokenFinding('4512#'),
      complexity: 2,
    },
    transcript: 'in the garage, the code is 4512 hash',
    reason: { explanation: 'near', cost: 1 },
    customerReached: true,
    ...overrides,
  };
}
