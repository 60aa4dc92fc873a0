import { Module, type DynamicModule } from '@nestjs/common';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { ConfigModule, TRANSCRIPTION_QUEUE, type TranscriptionConfig } from './config/config.module.js';
import { CustomerDataModule } from './customer-data/customer-data.module.js';
import { RecordingsModule, TRANSCRIPTION_BACK_OFF_MS } from './recordings/recordings.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SearchModule } from './search/search.module.js';
import { TextsModule } from './texts/texts.module.js';
import { TranscriptsModule } from './transcripts/transcripts.module.js';

/** Transcribes recordings, and extracts instructions from transcripts and text messages. */
@Module({})
export class TranscriptionModule {
  static forConfig(config: TranscriptionConfig): DynamicModule {
    const concurrency = config.TRANSCRIPTION_CONCURRENCY;
    return {
      module: TranscriptionModule,
      imports: [
        ...createInfrastructureModules('transcription', config, {
          redisUrl: config.REDIS_URL,
          queues: [{ name: TRANSCRIPTION_QUEUE, concurrency, backOffMs: TRANSCRIPTION_BACK_OFF_MS }],
        }),
        OperationsModule.forApp('transcription'),
        ConfigModule.forConfig(config),
        RecordingsModule,
        TextsModule,
        TranscriptsModule,
        ReviewsModule,
        SearchModule,
        CustomerDataModule,
      ],
    };
  }
}
