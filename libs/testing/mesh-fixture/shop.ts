import { Controller, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CodedError } from '#libs/contracts/kernel/index.js';
import {
  MessagingModule,
  OnRpc,
  type MessagingModuleOptions,
  type QueryContext,
  type CommandContext,
} from '#libs/messaging/index.js';
import {
  createAggregateEvent,
  AggregateRepository,
  PersistenceModule,
  type AggregateDocument,
} from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import {
  fixtureRegistry,
  GetOrder,
  PlaceOrder,
  PortionOrdered,
  type GetOrderRequest,
  type Placed,
  type PlaceOrderRequest,
} from './contracts.js';

@Schema({ collection: 'orders', versionKey: false })
class Order implements AggregateDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) organizationId!: string;
  @Prop({ type: Number, required: true }) revision!: number;
  @Prop({ type: Number, required: true }) sequence!: number;
  @Prop({ type: Number, required: true }) portions!: number;
}

@Injectable()
class OrderRepository extends AggregateRepository<Order> {
  protected readonly aggregateName = 'order';

  constructor(@InjectModel(Order.name) model: Model<Order>) {
    super(model);
  }
}

/** Owns orders: a command with several events in one transaction, and a query. */
@Controller()
class ShopConsumer {
  constructor(private readonly orders: OrderRepository) {}

  @OnRpc(PlaceOrder)
  async place(request: PlaceOrderRequest, { organizationId, tx }: CommandContext): Promise<Placed> {
    const { orderId, portions, behavior } = request;
    if (portions === 100) throw new CodedError('sold_out', '100 portions are not available.');
    const events = Array.from({ length: portions }, (_, index) =>
      createAggregateEvent(PortionOrdered, { orderId, portion: index + 1, behavior }, new Date()),
    );
    const existing = await this.orders.findById(organizationId, orderId, tx);
    const saved = existing
      ? await this.orders.save(tx, organizationId, { ...existing, portions: existing.portions + portions }, events)
      : await this.orders.create(tx, organizationId, { _id: orderId, portions }, events);
    if (request.die) tx.afterCommit(() => process.kill(process.pid, 'SIGKILL'));
    return { orderId, sequence: saved.sequence };
  }

  @OnRpc(GetOrder)
  async get({ orderId }: GetOrderRequest, { organizationId }: QueryContext): Promise<Placed> {
    const { sequence } = await this.orders.load(organizationId, orderId);
    return { orderId, sequence };
  }
}

/** Servers and options of a fixture app. */
export interface FixtureOptions {
  readonly mongoUri: string;
  readonly natsUrl: string;
  readonly messaging?: MessagingModuleOptions['options'];
  readonly observer?: MessagingModuleOptions['observer'];
}

/** The app that owns orders. It uses the app name `routing`. */
@Module({})
export class ShopModule {
  static create({ mongoUri, natsUrl, messaging, observer }: FixtureOptions): DynamicModule {
    return {
      module: ShopModule,
      imports: [
        PersistenceModule.forApp({ app: 'routing', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
        MessagingModule.forApp({
          app: 'routing',
          natsUrl,
          registry: fixtureRegistry,
          ...(messaging ? { options: messaging } : {}),
          ...(observer ? { observer } : {}),
        }),
        MongooseModule.forFeature([{ name: Order.name, schema: SchemaFactory.createForClass(Order) }]),
      ],
      providers: [OrderRepository],
      controllers: [ShopConsumer],
    };
  }
}
