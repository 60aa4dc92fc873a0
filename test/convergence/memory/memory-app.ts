import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { PATTERN_EXTRAS_METADATA } from '@nestjs/microservices/constants.js';
import { Test, type TestingModule } from '@nestjs/testing';
import { parseContract } from '#libs/contracts/fields/index.js';
import type { AppName, EventContract, EventEnvelope } from '#libs/contracts/index.js';
import type { EventContext } from '#libs/messaging/index.js';
import { parseOrganizationId, TransactionRunner, type NewEvent, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue, type WorkItem } from '#libs/work-queue/index.js';
import { WORK_HANDLER } from '#libs/work-queue/work-handler.js';
import { MemoryModel } from './memory-model.js';
import { MemoryStore } from './memory-store.js';
import { MemoryWorkQueue } from './memory-work-queue.js';
import { collectModuleParts } from './parts-of-module.js';

type EventHandler = (event: EventEnvelope, context: EventContext) => Promise<void>;
type WorkHandler = (item: WorkItem, lease: { signal: AbortSignal }) => Promise<{ retryAt: Date } | void>;

/** The time until another process may claim the work of a crashed process. */
const LEASE_MS = 30_000;

/** A crash of the process in the middle of a transaction, which is rolled back. */
export class SimulatedCrash extends Error {}

export interface MemoryAppOptions {
  readonly app: AppName;
  /** The app's own module, which provides the providers, controllers and models. */
  readonly module: DynamicModule;
  readonly clock: Clock;
  /** Providers that replace the app's own. */
  readonly overrides?: readonly Provider[];
  readonly publish: (event: EventEnvelope) => void;
}

/**
 * An app with its own handlers, use cases and repositories, on an in-memory database and work queue. It handles
 * one event or work item at a time, so that the simulation alone decides their order and where the process crashes.
 */
export class MemoryApp {
  readonly store = new MemoryStore();
  readonly work: MemoryWorkQueue;
  private readonly events = new Map<string, EventHandler>();
  private readonly workers = new Map<string, WorkHandler>();
  private serial = 0;
  private compiled: TestingModule | undefined;

  private constructor(
    readonly app: AppName,
    private readonly options: MemoryAppOptions,
  ) {
    this.work = new MemoryWorkQueue(this.store);
  }

  static async start(options: MemoryAppOptions): Promise<MemoryApp> {
    const memory = new MemoryApp(options.app, options);
    const { module, clock, overrides = [] } = options;
    const { controllers, modelTokens, ...parts } = collectModuleParts(module);
    const providers = parts.providers.filter((provider) => typeof provider === 'object' || !isExcluded(provider));
    const compiled = await Test.createTestingModule({
      providers: [
        ...modelTokens.map((token) => ({ provide: token, useValue: memory.model(toModelName(token)) })),
        { provide: getConnectionToken(), useValue: memory.connection() },
        { provide: TransactionRunner, useValue: { run: (work: never) => memory.run(work) } },
        { provide: WorkQueue, useValue: memory.work },
        { provide: Clock, useValue: clock },
        ...providers,
        ...controllers.filter((controller) => !isExcluded(controller)),
        ...overrides,
      ],
    })
      // Mocks the clients of servers; the simulation never calls them.
      .useMocker(() => ({}))
      .compile();
    memory.compiled = compiled;
    memory.findHandlers(compiled, [...controllers, ...providers.filter((one) => typeof one === 'function')] as Type[]);
    return memory;
  }

  /** Resolves one of the app's providers. */
  get<T>(type: Type<T>): T {
    if (!this.compiled) throw new Error(`${this.app} is not started.`);
    return this.compiled.get(type, { strict: false });
  }

  handles(subject: string): boolean {
    return this.events.has(subject);
  }

  /**
   * Handles an event as the event processor does: inbox and effects are one transaction.
   *
   * @param crashes Whether the process crashes before the commit.
   */
  async handle(event: EventEnvelope, { crashes }: { readonly crashes: boolean }): Promise<void> {
    const handler = this.events.get(event.subject);
    if (!handler) return;
    await this.run(async (tx) => {
      if (this.store.documents('inbox').has(event.id)) return;
      this.store.put('inbox', { _id: event.id });
      const context = {
        tx,
        organizationId: parseOrganizationId(event.organizationId),
        deliveryCount: 1,
        redriven: false,
      };
      await handler(structuredClone(event), context);
      if (crashes) throw new SimulatedCrash();
    });
  }

  /**
   * Performs work as the work executor does.
   *
   * @param crashes Whether the process crashes while it holds the lease; another process claims it after the lease has
   * expired.
   */
  async perform(key: string, now: Date, { crashes }: { readonly crashes: boolean }): Promise<void> {
    const item = this.work.claim(key, now);
    if (!item) return;
    const handler = this.workers.get(`${item.queue}/${item.kind}`);
    if (!handler) throw new Error(`${this.app} has no handler for ${item.queue}/${item.kind}.`);
    if (crashes) return this.work.settle(key, new Date(now.getTime() + LEASE_MS));
    const result = await handler(item, { signal: new AbortController().signal });
    this.work.settle(key, result?.retryAt);
  }

  /** Runs a transaction of the app, as an RPC handler receives one. */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const emitted: EventEnvelope[] = [];
    const tx: Transaction = {
      session: undefined as never,
      emit: (event) => void emitted.push(this.envelope(event)),
      afterCommit: () => undefined,
    };
    const value = await this.store.transaction(() => work(tx));
    for (const event of emitted) this.options.publish(event);
    return value;
  }

  documents<T>(collection: string): T[] {
    return [...this.store.documents(collection).values()].map((document) => structuredClone(document) as T);
  }

  private envelope<P extends object>(event: NewEvent<P>): EventEnvelope {
    this.serial += 1;
    return {
      id: `${this.app}-${String(this.serial).padStart(8, '0')}`,
      subject: event.contract.subject,
      organizationId: event.organizationId,
      aggregateId: event.aggregateId,
      sequence: event.sequence,
      occurredAt: event.occurredAt.toISOString(),
      payload: parseContract(event.contract.payload, event.payload, 'reject'),
    };
  }

  private model(name: string): MemoryModel {
    return new MemoryModel(name, this.store);
  }

  /** Leases are always granted, because there is one process. */
  private connection(): object {
    const leases = {
      findOneAndUpdate: (
        _filter: object,
        [{ $set }]: [{ $set: { holder: { $cond: [unknown, { $literal: string }] } } }],
      ) => Promise.resolve({ holder: $set.holder.$cond[1].$literal }),
      deleteOne: () => Promise.resolve(),
    };
    return { model: (name: string) => this.model(name), db: { collection: () => leases } };
  }

  private findHandlers(compiled: TestingModule, classes: readonly Type[]): void {
    for (const type of classes) {
      const prototype = type.prototype as Record<string, (...args: never[]) => unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
        if (typeof method !== 'function') continue;
        const extras = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as
          { contracts?: EventContract[] } | undefined;
        for (const contract of extras?.contracts ?? []) {
          if (contract.kind !== 'event') continue;
          const instance = compiled.get<Record<string, EventHandler>>(type, { strict: false });
          this.events.set(contract.subject, (event, context) => instance[name]?.(event, context) ?? Promise.resolve());
        }
        const work = Reflect.getMetadata(WORK_HANDLER, method) as { queue: string; kind: string } | undefined;
        if (!work) continue;
        const worker = compiled.get<Record<string, WorkHandler>>(type, { strict: false });
        this.workers.set(
          `${work.queue}/${work.kind}`,
          (item, lease) => worker[name]?.(item, lease) ?? Promise.resolve(),
        );
      }
    }
  }
}

/** Classes that need a server and are not part of the simulation. */
const EXCLUDED = ['OperationsController', 'RebuildProjections'];
const isExcluded = (type: unknown): boolean => EXCLUDED.includes((type as Type).name);

const toModelName = (token: string): string => token.slice(0, -'Model'.length);
