import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { inboundMessageSchema } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { OpenQuestionsModule } from '../open-questions/open-questions.module.js';
import { SuppressionModule } from '../suppression/suppression.module.js';
import { InboundMessageRepository } from './inbound-message.repository.js';
import { InboundMessagesController } from './inbound-messages.controller.js';
import { ReceiveMessage } from './receive-message.js';

export { InboundMessageRepository } from './inbound-message.repository.js';

/** Receives text messages: opt-outs, and customers' answers to open questions. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: 'InboundMessage', schema: inboundMessageSchema }]),
    CarrierModule,
    OpenQuestionsModule,
    SuppressionModule,
  ],
  controllers: [InboundMessagesController],
  providers: [InboundMessageRepository, ReceiveMessage],
  exports: [InboundMessageRepository],
})
export class InboundMessagesModule {}
