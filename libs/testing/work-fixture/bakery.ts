import { Inject, Injectable, Module, Optional, type DynamicModule } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { CodedError } from '#libs/contracts/kernel/index.js';
import { getDatabase, PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { WorkHandler, WorkQueueModule, type WorkItem, type WorkQueueModuleOptions } from '#libs/work-queue/index.js';

/** The work queue of the fixture app. */
export const OVEN = 'oven';
const WHILE_BAKING = Symbol('WHILE_BAKING');

/**
 * The behavior of the handler, chosen by the test. `works` stores its effect. `fails` throws. `kills-once` kills the
 * process between its effect and the commit. `stumbles-once` throws after marking the work done. `outstays` loses its
 * lease before it completes. `asks-again` requests a retry until the test allows the work. `bakes-all` also supersedes
 * other waiting work. `loses-database` finds the database unavailable until the test restores it. `pauses` calls
 * `whileBaking` at its first attempt and then requests a retry.
 */
export interface Loaf {
  readonly behavior:
    | 'works'
    | 'fails'
    | 'kills-once'
    | 'stumbles-once'
    | 'outstays'
    | 'asks-again'
    | 'bakes-all'
    | 'loses-database'
    | 'pauses';
}

/** One effect. It has no unique key, so that a duplicate effect is visible. */
export interface Baked {
  readonly key: string;
  readonly attempt: number;
  readonly at: Date;
}

@Injectable()
class Baker {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: TransactionRunner,
    @Optional() @Inject(WHILE_BAKING) private readonly whileBaking?: () => Promise<void>,
  ) {}

  private paused = false;

  @WorkHandler(OVEN, 'bake')
  async bake(item: WorkItem<Loaf>): Promise<{ retryAt: Date } | void> {
    const { behavior } = item.payload;
    const db = getDatabase(this.connection);
    if (behavior === 'fails') throw new CodedError('no_flour', 'There is no flour; buy some.');
    if (behavior === 'asks-again' && !(await db.collection('asked').findOneAndDelete({ key: item.key }))) {
      return { retryAt: new Date(Date.now() + 50) };
    }
    if (behavior === 'loses-database' && !(await db.collection('returns').findOne({ key: item.key }))) {
      await db.collection('losses').insertOne({ key: item.key });
      throw new mongoose.mongo.MongoNetworkError('The connection was closed.');
    }
    if (behavior === 'pauses' && !this.paused) {
      this.paused = true;
      await this.whileBaking?.();
      return { retryAt: new Date() };
    }
    if (behavior === 'bakes-all') await item.cancelOtherItems();
    await this.transactions.run(async (tx) => {
      await db
        .collection<Baked>('baked')
        .insertOne({ key: item.key, attempt: item.attempt, at: new Date() }, { session: tx.session });
      if (behavior === 'kills-once' && item.attempt === 1) process.kill(process.pid, 'SIGKILL');
      if (behavior === 'outstays')
        await db.collection('work').updateOne({ key: item.key }, { $set: { 'lease.token': 'another' } });
      await item.complete(tx);
      if (behavior === 'stumbles-once' && item.attempt === 1)
        throw new CodedError('stumbled', 'The loaf fell; bake it again.');
    });
  }
}

/** Servers and options of the fixture app. */
export interface BakeryOptions extends Pick<WorkQueueModuleOptions, 'now' | 'options' | 'observer'> {
  readonly mongoUri: string;
  readonly redisUrl: string;
  readonly whileBaking?: () => Promise<void>;
}

/** An app with one queue. */
@Module({})
export class BakeryModule {
  static create({ mongoUri, redisUrl, whileBaking, ...queueOptions }: BakeryOptions): DynamicModule {
    const queues = [{ name: OVEN, concurrency: 4, backOffMs: [50, 100] }];
    return {
      module: BakeryModule,
      imports: [
        PersistenceModule.forApp({ app: 'routing', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
        WorkQueueModule.forApp({ app: 'routing', redisUrl, queues, ...queueOptions }),
      ],
      providers: [Baker, ...(whileBaking ? [{ provide: WHILE_BAKING, useValue: whileBaking }] : [])],
    };
  }
}
