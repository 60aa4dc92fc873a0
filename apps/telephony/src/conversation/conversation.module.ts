import { Module } from '@nestjs/common';
import { ReaderModelFile } from '#libs/adapters/instruction-analyst/local/reader-model-file.js';
import { ReaderModelSource } from '#libs/ports/reader-model-source.js';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CallReportsModule } from '../call-reports/call-reports.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { SuppressionModule } from '../suppression/suppression.module.js';
import { AnswerVoiceWebhook } from './answer-voice-webhook.js';
import { ConcludeCall } from './conclude-call.js';
import { ConversationWorker } from './conversation.worker.js';
import { LeaveVoicemail } from './leave-voicemail.js';
import { VoiceController } from './voice.controller.js';

export { AnswerVoiceWebhook } from './answer-voice-webhook.js';
export { FIRST_STEP, TAKEOVER_STEP } from './take-turn.js';

/** The conversation with the customer, turn by turn. */
@Module({
  imports: [CallLogModule, CallReportsModule, CarrierModule, SuppressionModule],
  controllers: [VoiceController],
  providers: [
    { provide: ReaderModelSource, useClass: ReaderModelFile },
    AnswerVoiceWebhook,
    ConversationWorker,
    ConcludeCall,
    LeaveVoicemail,
  ],
  exports: [AnswerVoiceWebhook],
})
export class ConversationModule {}
