import { Inject, Module, Optional, type DynamicModule, type INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { Readiness } from '#libs/health/probes.js';
import { ConsumerLags } from './events/consumer-lags.js';
import { DeadLetters } from './events/dead-letters.js';
import { EventConsumer } from './events/event-consumer.js';
import { EventProcessor } from './events/event-processor.js';
import { NatsLink } from './link/nats-link.js';
import { NOOP_OBSERVER } from './options/observer.js';
import {
  MESSAGING_SETTINGS,
  toMessagingSettings,
  type MessagingModuleOptions,
  type MessagingSettings,
} from './options/options.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { RpcClient } from './rpc/rpc-client.js';
import { RpcServer } from './rpc/rpc-server.js';
import { JetStreamStrategy } from './strategy.js';

/** Events and RPC of one app. Requires `PersistenceModule.forApp` in the same app. */
@Module({})
export class MessagingModule {
  constructor(
    link: NatsLink,
    strategy: JetStreamStrategy,
    @Inject(MESSAGING_SETTINGS) { readyWithoutBroker }: MessagingSettings,
    @Optional() readiness?: Readiness,
  ) {
    const check = async (): Promise<boolean> => strategy.hasJoined && (await link.ping());
    // A new replica that cannot reach NATS is not ready. An outage does not take running replicas out of service.
    readiness?.add({ name: 'nats', check }, () =>
      readyWithoutBroker || strategy.hasJoined ? 'degrading' : 'required',
    );
  }

  static forApp(options: MessagingModuleOptions): DynamicModule {
    const settings = toMessagingSettings(options, NOOP_OBSERVER);
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_SETTINGS, useValue: settings },
        {
          provide: NatsLink,
          useFactory: (injected: MessagingSettings) => new NatsLink(injected),
          inject: [MESSAGING_SETTINGS],
        },
        RpcClient,
        RpcServer,
        ConsumerLags,
        DeadLetters,
        EventProcessor,
        EventConsumer,
        OutboxRelay,
        JetStreamStrategy,
      ],
      exports: [MESSAGING_SETTINGS, NatsLink, RpcClient, ConsumerLags, DeadLetters, OutboxRelay, JetStreamStrategy],
    };
  }
}

/**
 * Connects the app's handlers to NATS and starts its outbox relay. Resolves when the app consumes events and serves
 * requests. When NATS is unavailable, it resolves after a few seconds, and the app joins as soon as NATS is available.
 * @throws Error listing every missing, duplicate or unregistered handler
 */
export async function connectMessaging(app: INestApplication): Promise<void> {
  await app.init();
  app.connectMicroservice<MicroserviceOptions>({ strategy: app.get(JetStreamStrategy) });
  await app.startAllMicroservices();
}
