import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TelephonyConfig } from './telephony.config.js';
import { TelephonySettings } from './telephony-settings.js';

export { CALL_QUEUE, DIAL_QUEUE, BACK_OFF_MS, RECORDING_QUEUE } from './queues.js';
export { toCarrierAccount, findConfigErrors, TelephonyConfig, withoutTrailingSlash } from './telephony.config.js';
export { TelephonySettings } from './telephony-settings.js';

/** Provides telephony's configuration to every feature module. */
@Global()
@Module({})
export class ConfigModule {
  static forConfig(config: TelephonyConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: TelephonyConfig, useValue: config }, TelephonySettings],
      exports: [TelephonyConfig, TelephonySettings],
    };
  }
}
