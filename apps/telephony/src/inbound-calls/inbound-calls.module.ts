import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CallReportsModule } from '../call-reports/call-reports.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { ConversationModule } from '../conversation/conversation.module.js';
import { OpenQuestionsModule } from '../open-questions/open-questions.module.js';
import { InboundCallsController } from './inbound-calls.controller.js';
import { ReceiveCall } from './receive-call.js';

/** Answers inbound calls. */
@Module({
  imports: [CallLogModule, CallReportsModule, CarrierModule, ConversationModule, OpenQuestionsModule],
  controllers: [InboundCallsController],
  providers: [ReceiveCall],
})
export class InboundCallsModule {}
