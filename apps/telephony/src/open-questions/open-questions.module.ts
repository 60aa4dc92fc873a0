import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { DeliveryCancellationsModule } from '../delivery-cancellations/delivery-cancellations.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { FindOpenQuestion } from './find-open-question.js';

export { FindOpenQuestion } from './find-open-question.js';
export type { OpenQuestion } from './open-question.js';

/** Finds the latest open question to a customer, asked by call or text. */
@Module({
  imports: [CallLogModule, DeliveryCancellationsModule, MessagesModule],
  providers: [FindOpenQuestion],
  exports: [FindOpenQuestion],
})
export class OpenQuestionsModule {}
