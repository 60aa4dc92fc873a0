import { Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { CallsModule, Switchboard } from './calls/calls.module.js';
import { ConfigModule, type SimulatorConfig } from './config/config.module.js';
import { ControlModule } from './control/control.module.js';
import { Ledger, LedgerModule } from './ledger/ledger.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PartnerModule } from './partner/partner.module.js';
import { PushModule } from './push/push.module.js';
import { RecognizerHandle, RecognitionModule } from './recognition/recognition.module.js';
import { RecordingsModule } from './recordings/recordings.module.js';
import { closeConnections } from './webhooks/webhooks.module.js';

/** The composition root of the simulator. */
@Module({})
export class SimulatorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly switchboard: Switchboard,
    private readonly ledger: Ledger,
    private readonly recognizer: RecognizerHandle,
    private readonly logger: PinoLogger,
  ) {}

  static forConfig(config: SimulatorConfig): DynamicModule {
    return {
      module: SimulatorModule,
      imports: [
        PlatformModule.forApp('simulator', config.logLevel),
        ConfigModule.forConfig(config),
        LedgerModule,
        RecognitionModule,
        CallsModule,
        RecordingsModule,
        MessagesModule,
        PushModule,
        PartnerModule,
        ControlModule,
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    const interrupted = await this.switchboard.recover();
    if (interrupted > 0) this.logger.warn({ interrupted }, 'Calls of the previous process ended as failed');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.switchboard.hangUpAll();
    await this.recognizer.close();
    await this.ledger.close();
    closeConnections();
  }
}
