import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { waitingTextSchema } from '#libs/persistence/schemas/transcription/waiting-texts.js';
import { InstructionAnalysisModule } from '../instruction-analysis/instruction-analysis.module.js';
import { AnalyzeText } from './analyze-text.js';
import { ReceiveText } from './receive-text.js';
import { TextsConsumer } from './texts.consumer.js';
import { TextsWorker } from './texts.worker.js';
import { WAITING_TEXTS, WaitingTextRepository } from './waiting-text.repository.js';

export { WaitingTextRepository } from './waiting-text.repository.js';

/** Extracts instructions from customers' text messages. */
@Module({
  imports: [MongooseModule.forFeature([{ name: WAITING_TEXTS, schema: waitingTextSchema }]), InstructionAnalysisModule],
  controllers: [TextsConsumer],
  providers: [WaitingTextRepository, ReceiveText, TextsWorker, AnalyzeText],
  exports: [WaitingTextRepository],
})
export class TextsModule {}
