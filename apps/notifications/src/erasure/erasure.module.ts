import { Module } from '@nestjs/common';
import { InboxModule } from '../inbox/inbox.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { WebhookDeliveriesModule } from '../webhook-deliveries/webhook-deliveries.module.js';
import { ErasureConsumer } from './erasure.consumer.js';
import { ForgetCustomer } from './forget-customer.js';

/** Erases customers' personal data from this app's collections. */
@Module({
  imports: [MessagesModule, InboxModule, WebhookDeliveriesModule],
  controllers: [ErasureConsumer],
  providers: [ForgetCustomer],
})
export class ErasureModule {}
