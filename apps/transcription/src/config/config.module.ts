import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TranscriptionConfig } from './transcription.config.js';

export { ANALYZE_TEXT, TRANSCRIBE_RECORDING, TRANSCRIPTION_QUEUE } from './transcription-queue.js';
export { type AnalystName, type RecognizerName, requireVariable, TranscriptionConfig } from './transcription.config.js';

/** Provides transcription's configuration to every feature module. */
@Global()
@Module({})
export class ConfigModule {
  static forConfig(config: TranscriptionConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: TranscriptionConfig, useValue: config }],
      exports: [TranscriptionConfig],
    };
  }
}
