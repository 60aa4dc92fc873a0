import { Controller, Module, type DynamicModule } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { CodedError, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import { MessagingModule, OnEvent, type EventContext } from '#libs/messaging/index.js';
import { getDatabase, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { fixtureRegistry, PortionOrdered, type OrderPortion } from './contracts.js';
import type { FixtureOptions } from './shop.js';

/** One effect of one event. It has no unique key, so that a duplicate effect is visible. */
export interface Cooked {
  readonly orderId: string;
  readonly sequence: number;
  readonly messageId: string;
}

/** Consumes portions and behaves as their `behavior` specifies. */
@Controller()
export class KitchenConsumer {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** The ids of orders with the behavior `smells`, once for each handled event. */
  readonly smelled: string[] = [];

  @OnEvent(PortionOrdered, { hasNoStoredEffect: ({ payload }) => storesNothing(payload as OrderPortion) })
  async cook({ id, payload, sequence }: EventEnvelope<OrderPortion>, context: EventContext): Promise<void> {
    if (payload.behavior === 'smells') return void this.smelled.push(payload.orderId);
    const { tx, deliveryCount } = context;
    const db = getDatabase(this.connection);
    if (payload.behavior === 'kills') process.kill(process.pid, 'SIGKILL');
    if (payload.behavior === 'fails' && !(await db.collection('repairs').findOne({}))) {
      throw new CodedError('stove_broken', 'The stove is broken; call someone.');
    }
    if (
      payload.behavior === 'loses-database' &&
      !(await db.collection('returns').findOne({ orderId: payload.orderId }))
    ) {
      if (deliveryCount === 1) throw new CodedError('stove_cold', 'The stove is cold; try again.');
      throw new mongoose.mongo.MongoNetworkError('The connection was closed.');
    }
    await db
      .collection<Cooked>('cooked')
      .insertOne({ orderId: payload.orderId, sequence, messageId: id }, { session: tx.session });
    if (payload.behavior === 'dies-once' && deliveryCount === 1)
      tx.afterCommit(() => process.kill(process.pid, 'SIGKILL'));
  }
}

const storesNothing = ({ behavior }: OrderPortion): boolean => behavior === 'smells' || behavior === 'burns';

/** The app that consumes orders. It uses the app name `telephony`. */
@Module({})
export class KitchenModule {
  static create({ mongoUri, natsUrl, messaging, observer }: FixtureOptions): DynamicModule {
    return {
      module: KitchenModule,
      imports: [
        PersistenceModule.forApp({ app: 'telephony', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
        MessagingModule.forApp({
          app: 'telephony',
          natsUrl,
          registry: fixtureRegistry,
          ...(messaging ? { options: messaging } : {}),
          ...(observer ? { observer } : {}),
        }),
      ],
      controllers: [KitchenConsumer],
    };
  }
}
