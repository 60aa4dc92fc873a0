import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { webhookDeliverySchema } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { AddressesModule, AddressPolicy } from '../addresses/addresses.module.js';
import { WebhookEndpointsModule } from '../webhook-endpoints/webhook-endpoints.module.js';
import { BeginWebhookTry } from './begin-webhook-try.js';
import { ListWebhookDeliveries } from './list-webhook-deliveries.js';
import { RecordWebhookTry } from './record-webhook-try.js';
import { ReplayWebhook } from './replay-webhook.js';
import { RetryPolicy, STANDARD_SCHEDULE } from './retry-schedule.js';
import { ScheduleWebhookTry } from './schedule-webhook-try.js';
import { SendWebhook } from './send-webhook.js';
import { SettleWebhook } from './settle-webhook.js';
import { WebhookClient } from './webhook-client.js';
import { WebhookDeliveriesRpc } from './webhook-deliveries.rpc.js';
import { WebhookDeliveriesWorker } from './webhook-deliveries.worker.js';
import { WEBHOOK_DELIVERY_MODEL, WebhookDeliveryRepository } from './webhook-delivery.repository.js';

export type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
export { ScheduleWebhookTry } from './schedule-webhook-try.js';
export { WebhookDeliveryRepository } from './webhook-delivery.repository.js';
export { toWebhookId } from './webhook-id.js';

/**
 * Sends signed webhooks to partners, in order for each endpoint and delivery. Each is retried until it is settled:
 * delivered, exhausted, or its endpoint gone.
 */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: WEBHOOK_DELIVERY_MODEL, schema: webhookDeliverySchema }]),
    AddressesModule,
    WebhookEndpointsModule,
  ],
  controllers: [WebhookDeliveriesRpc],
  providers: [
    { provide: RetryPolicy, useFactory: () => new RetryPolicy(STANDARD_SCHEDULE, Math.random) },
    {
      provide: WebhookClient,
      useFactory: (policy: AddressPolicy) => new WebhookClient(policy),
      inject: [AddressPolicy],
    },
    WebhookDeliveryRepository,
    ScheduleWebhookTry,
    BeginWebhookTry,
    SendWebhook,
    RecordWebhookTry,
    SettleWebhook,
    ListWebhookDeliveries,
    ReplayWebhook,
    WebhookDeliveriesWorker,
  ],
  exports: [WebhookDeliveryRepository, ScheduleWebhookTry],
})
export class WebhookDeliveriesModule {}
