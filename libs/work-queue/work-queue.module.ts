import {
  Inject,
  Module,
  Optional,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Readiness } from '#libs/health/probes.js';
import { Hints } from './hints.js';
import {
  WORK_QUEUE_SETTINGS,
  workQueueSettings,
  type WorkQueueModuleOptions,
  type WorkQueueSettings,
} from './options.js';
import { QueueFigures } from './queue-figures.js';
import { Sweeper } from './sweeper.js';
import { WorkExecutor } from './work-executor.js';
import { WORK_HANDLER, type WorkHandlerFunction, type WorkHandlerMetadata } from './work-handler.js';
import { WorkQueue } from './work-queue.js';
import { ensureWorkIndexes } from './work-row.js';

/** An app's queues of due work. Needs `PersistenceModule.forApp` beside it. */
@Module({})
export class WorkQueueModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly executor: WorkExecutor,
    private readonly hints: Hints,
    private readonly sweeper: Sweeper,
    @InjectConnection() private readonly connection: Connection,
    @Inject(WORK_QUEUE_SETTINGS) private readonly settings: WorkQueueSettings,
    @Optional() readiness?: Readiness,
  ) {
    // Without Redis the sweeper finds due work in the database, a second later.
    readiness?.add({ name: 'redis', check: () => hints.ping() }, 'degrading');
  }

  static forApp(options: WorkQueueModuleOptions): DynamicModule {
    return {
      module: WorkQueueModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: WORK_QUEUE_SETTINGS, useValue: workQueueSettings(options) },
        Hints,
        WorkQueue,
        QueueFigures,
        WorkExecutor,
        Sweeper,
      ],
      exports: [WorkQueue, QueueFigures, WorkExecutor],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    this.discoverHandlers();
    await ensureWorkIndexes(this.connection, this.settings.tuning.doneRetentionDays);
    await this.hints.start((rowId) => this.executor.run(rowId));
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { shutdownGraceMs } = this.settings.tuning;
    await this.sweeper.stop();
    await Promise.all([this.executor.stop(shutdownGraceMs), this.hints.stop(shutdownGraceMs)]);
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
        const found = Reflect.getMetadata(WORK_HANDLER, method) as WorkHandlerMetadata | undefined;
        if (found)
          this.executor.registerHandler(found.queue, found.kind, method.bind(instance) as WorkHandlerFunction<never>);
      }
    }
  }
}
