import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { InboundMessagesModule } from '../inbound-messages/inbound-messages.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { CustomerDataConsumer } from './customer-data.consumer.js';
import { CustomerDataWorker } from './customer-data.worker.js';
import { EraseCustomerData } from './erase-customer-data.js';
import { ScheduleErasure } from './schedule-erasure.js';

/** Erases the data that telephony holds about a customer. */
@Module({
  imports: [CallLogModule, CarrierModule, InboundMessagesModule, MessagesModule, RecordingsModule],
  controllers: [CustomerDataConsumer],
  providers: [CustomerDataWorker, EraseCustomerData, ScheduleErasure],
})
export class CustomerDataModule {}
