import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { messageSchema } from '#libs/persistence/schemas/telephony/messages.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { SuppressionModule } from '../suppression/suppression.module.js';
import { AcceptCustomerText } from './accept-customer-text.js';
import { AcceptSmsRequest } from './accept-sms-request.js';
import { ApplyMessageReport } from './apply-message-report.js';
import { MessageReportsController } from './message-reports.controller.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { MessageRepository } from './message.repository.js';
import { MessagesConsumer } from './messages.consumer.js';
import { MessagesWorker } from './messages.worker.js';
import { ReconcileSms } from './reconcile-sms.js';
import { RecordFailedMessage } from './record-failed-message.js';
import { RecordSentMessage } from './record-sent-message.js';
import { SendSms } from './send-sms.js';

export { MessageRepository } from './message.repository.js';

/** Outbound text messages to customers and agents. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Message', schema: messageSchema }]), CarrierModule, SuppressionModule],
  controllers: [MessagesConsumer, MessageReportsController],
  providers: [
    MessageRepository,
    MessageWorkSchedule,
    AcceptSmsRequest,
    AcceptCustomerText,
    MessagesWorker,
    SendSms,
    RecordSentMessage,
    RecordFailedMessage,
    ReconcileSms,
    ApplyMessageReport,
  ],
  exports: [MessageRepository],
})
export class MessagesModule {}
