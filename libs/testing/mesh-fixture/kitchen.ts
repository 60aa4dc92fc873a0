import { Controller, Module, type DynamicModule } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { CodedError, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import { MessagingModule, OnEvent, type EventContext } from '#libs/messaging/index.js';
import { databaseOf, PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { fixtureRegistry, PortionOrdered, type OrderPortion } from './contracts.js';
import type { FixtureOptions } from './shop.js';

/** One effect of one event. Nothing makes it unique: a double would be seen. */
export interface Cooked {
  readonly orderId: string;
  readonly sequence: number;
  readonly messageId: string;
}

/** Consumes portions, and ends as their behaviour says. */
@Controller()
export class KitchenConsumer {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Orders whose portion was only smelled, each time it was. */
  readonly smelled: string[] = [];

  @OnEvent(PortionOrdered, { keepsNothing: ({ payload }) => isHint(payload as OrderPortion) })
  async cook({ id, payload, sequence }: EventEnvelope<OrderPortion>, context: EventContext): Promise<void> {
    if (payload.behaviour === 'smells') return void this.smelled.push(payload.orderId);
    const { tx, deliveryCount } = context;
    const db = databaseOf(this.connection);
    if (payload.behaviour === 'kills') process.kill(process.pid, 'SIGKILL');
    if (payload.behaviour === 'fails' && !(await db.collection('repairs').findOne({}))) {
      throw new CodedError('stove_broken', 'The stove is broken; call somebody.');
    }
    if (
      payload.behaviour === 'loses-database' &&
      !(await db.collection('returns').findOne({ orderId: payload.orderId }))
    ) {
      if (deliveryCount === 1) throw new CodedError('stove_cold', 'The stove is cold; try again.');
      throw new mongoose.mongo.MongoNetworkError('The connection was closed.');
    }
    await db
      .collection<Cooked>('cooked')
      .insertOne({ orderId: payload.orderId, sequence, messageId: id }, { session: tx.session });
    if (payload.behaviour === 'dies-once' && deliveryCount === 1)
      tx.afterCommit(() => process.kill(process.pid, 'SIGKILL'));
  }
}

const isHint = ({ behaviour }: OrderPortion): boolean => behaviour === 'smells' || behaviour === 'burns';

/** The app that consumes orders; in the mesh it goes by the name of telephony. */
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
