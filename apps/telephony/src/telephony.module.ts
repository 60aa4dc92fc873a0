import { Module, type DynamicModule } from '@nestjs/common';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
import { ConfigurationError } from '#libs/platform/config/index.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { CallControlModule } from './call-control/call-control.module.js';
import { CallHistoryModule } from './call-history/call-history.module.js';
import { CallReportsModule } from './call-reports/call-reports.module.js';
import { CallWatchModule } from './call-watch/call-watch.module.js';
import {
  CALL_QUEUE,
  ConfigModule,
  DIAL_QUEUE,
  findConfigErrors,
  BACK_OFF_MS,
  RECORDING_QUEUE,
  type TelephonyConfig,
} from './config/config.module.js';
import { ConversationModule } from './conversation/conversation.module.js';
import { CustomerDataModule } from './customer-data/customer-data.module.js';
import { DeliveryCancellationsModule } from './delivery-cancellations/delivery-cancellations.module.js';
import { DialingModule } from './dialing/dialing.module.js';
import { InboundCallsModule } from './inbound-calls/inbound-calls.module.js';
import { InboundMessagesModule } from './inbound-messages/inbound-messages.module.js';
import { ListeningModule } from './listening/listening.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { RecordingsModule } from './recordings/recordings.module.js';
import { SuppressionModule } from './suppression/suppression.module.js';

/**
 * Concurrent work items of the dial queue, and of the call queue, per process. Each spends most of its time waiting for
 * the carrier.
 */
const CALL_CONCURRENCY = 32;
/** Concurrent transfers of recordings per process. */
const RECORDING_CONCURRENCY = 8;

/** The composition root of the telephony app. */
@Module({})
export class TelephonyModule {
  /** @throws ConfigurationError if settings contradict each other */
  static forConfig(config: TelephonyConfig): DynamicModule {
    const errors = findConfigErrors(config);
    if (errors.length > 0) throw new ConfigurationError(errors);
    const createQueue = (name: string, concurrency: number) => ({ name, concurrency, backOffMs: BACK_OFF_MS });
    return {
      module: TelephonyModule,
      imports: [
        ...createInfrastructureModules(
          'telephony',
          config,
          {
            redisUrl: config.REDIS_URL,
            queues: [
              createQueue(DIAL_QUEUE, CALL_CONCURRENCY),
              createQueue(CALL_QUEUE, CALL_CONCURRENCY),
              createQueue(RECORDING_QUEUE, RECORDING_CONCURRENCY),
            ],
          },
          // Webhooks need only the database, so a replica that starts during an outage of the broker can serve them.
          { readyWithoutBroker: true },
        ),
        OperationsModule.forApp('telephony'),
        ConfigModule.forConfig(config),
        SuppressionModule,
        DeliveryCancellationsModule,
        DialingModule,
        ConversationModule,
        InboundCallsModule,
        CallReportsModule,
        CallWatchModule,
        CallControlModule,
        CallHistoryModule,
        RecordingsModule,
        ListeningModule,
        MessagesModule,
        InboundMessagesModule,
        CustomerDataModule,
      ],
    };
  }
}
