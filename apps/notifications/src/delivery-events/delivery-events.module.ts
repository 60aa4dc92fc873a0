import { Module } from '@nestjs/common';
import { InboxModule } from '../inbox/inbox.module.js';
import { WebhookDeliveriesModule } from '../webhook-deliveries/webhook-deliveries.module.js';
import { WebhookEndpointsModule } from '../webhook-endpoints/webhook-endpoints.module.js';
import { DeliveryEventsConsumer } from './delivery-events.consumer.js';
import { NotifyPartner } from './notify-partner.js';

/** Turns events about deliveries into notifications of agents and partners. */
@Module({
  imports: [InboxModule, WebhookEndpointsModule, WebhookDeliveriesModule],
  controllers: [DeliveryEventsConsumer],
  providers: [NotifyPartner],
})
export class DeliveryEventsModule {}
