import { BullModule, BullRegistrar, getQueueToken, type WorkerHost } from '@nestjs/bullmq';
import {
  Inject,
  Module,
  Optional,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { getConnectionToken, InjectConnection } from '@nestjs/mongoose';
import type { Queue } from 'bullmq';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { Readiness } from '#libs/health/probes.js';
import { getDatabase } from '#libs/persistence/index.js';
import { createDueWorkProcessor } from './due-work.processor.js';
import { WakeUps, type WakeUp } from './wake-ups.js';
import {
  WORK_QUEUE_SETTINGS,
  toWorkQueueSettings,
  type WorkQueueModuleOptions,
  type WorkQueueSettings,
} from './options.js';
import { QueueFigures } from './queue-figures.js';
import { RedisLink } from './redis-link.js';
import { clearWorkerSocketTimersOnClose } from './socket-timers.js';
import { Sweeper } from './sweeper.js';
import { WorkExecutor } from './work-executor.js';
import { WORK_HANDLER, type WorkHandlerFunction, type WorkHandlerMetadata } from './work-handler.js';
import { WorkQueue } from './work-queue.js';
import { ensureWorkIndexes } from './work-row.js';

const PROCESSORS = Symbol('PROCESSORS');

/** The Redis connection that the queues share. */
@Module({})
class RedisLinkModule {}

/** The queues of due work of one app. Requires `PersistenceModule.forApp` in the same app. */
@Module({})
export class WorkQueueModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly executor: WorkExecutor,
    private readonly wakeUps: WakeUps,
    private readonly link: RedisLink,
    private readonly sweeper: Sweeper,
    private readonly registrar: BullRegistrar,
    @Inject(PROCESSORS) private readonly processors: readonly WorkerHost[],
    @InjectConnection() private readonly connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
    @Optional() readiness?: Readiness,
  ) {
    // Without Redis the sweeper finds due work in the database, one second later.
    readiness?.add({ name: 'redis', check: () => link.ping() }, 'degrading');
  }

  static forApp(options: WorkQueueModuleOptions): DynamicModule {
    const settings = toWorkQueueSettings(options);
    const queues = [...settings.queues.values()];
    const processors = queues.map((queue) => createDueWorkProcessor(queue, settings));
    const link: DynamicModule = {
      module: RedisLinkModule,
      providers: [{ provide: WORK_QUEUE_SETTINGS, useValue: settings }, RedisLink],
      exports: [WORK_QUEUE_SETTINGS, RedisLink],
    };
    const queueModules = queues.map(({ name }) =>
      BullModule.registerQueueAsync({
        name,
        imports: [link],
        inject: [RedisLink, getConnectionToken()],
        useFactory: async (redis: RedisLink, connection: Connection) => {
          await redis.whenFirstConnected();
          // One prefix per database, so that environments can share a Redis.
          return { connection: redis.client, prefix: getDatabase(connection).databaseName };
        },
      }),
    );
    return {
      module: WorkQueueModule,
      global: true,
      imports: [
        DiscoveryModule,
        link,
        // Workers start when the whole app is initialized, not with this module.
        BullModule.forRoot({ connection: {}, extraOptions: { manualRegistration: true } }),
        ...queueModules,
      ],
      providers: [
        WorkQueue,
        QueueFigures,
        WorkExecutor,
        Sweeper,
        ...processors,
        { provide: PROCESSORS, useFactory: (...all: WorkerHost[]) => all, inject: processors },
        {
          provide: WakeUps,
          useFactory: (redis: RedisLink, ...all: Queue<WakeUp>[]) => new WakeUps(redis, settings, all),
          inject: [RedisLink, ...queues.map(({ name }) => getQueueToken(name))],
        },
      ],
      exports: [WorkQueue, QueueFigures, WorkExecutor],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    this.discoverHandlers();
    await ensureWorkIndexes(this.connection, this.settings.tuning.doneRetentionDays);
    this.registrar.register();
    for (const { worker } of this.processors) {
      clearWorkerSocketTimersOnClose(worker).catch((error: unknown) => this.link.reportError(error));
    }
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { shutdownGraceMs } = this.settings.tuning;
    await this.sweeper.stop();
    await Promise.all([this.executor.stop(shutdownGraceMs), this.stopWorkers(shutdownGraceMs)]);
  }

  /**
   * Stops the workers and resolves when running jobs are done. While Redis is unavailable it closes the workers by
   * force, because BullMQ would wait for Redis, here and again when Nest closes the queues.
   */
  private async stopWorkers(graceMs: number): Promise<void> {
    const isRedisUnavailable = !(await this.link.pingWithTimeout());
    const timeout = delay(graceMs, undefined, { ref: false });
    const workers = this.processors.map(({ worker }) => worker);
    await Promise.race([Promise.allSettled(workers.map((worker) => worker.close(isRedisUnavailable))), timeout]);
    await Promise.race([this.wakeUps.close(), timeout]);
    this.link.disconnect();
  }

  private discoverHandlers(): void {
    const candidates = [...this.discovery.getProviders(), ...this.discovery.getControllers()] as {
      instance: Record<string, unknown> | null | undefined;
    }[];
    for (const { instance } of candidates) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object | null)) {
        const method = instance[name];
        if (typeof method !== 'function') continue;
        const metadata = Reflect.getMetadata(WORK_HANDLER, method) as WorkHandlerMetadata | undefined;
        if (metadata)
          this.executor.registerHandler(
            metadata.queue,
            metadata.kind,
            method.bind(instance) as WorkHandlerFunction<never>,
          );
      }
    }
  }
}
