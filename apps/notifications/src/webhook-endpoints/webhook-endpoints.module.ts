import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { webhookEndpointSchema } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';
import { AddressesModule } from '../addresses/addresses.module.js';
import { NotificationsConfig } from '../config/config.module.js';
import { ChangeWebhookEndpoint } from './change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from './create-webhook-endpoint.js';
import { DeleteWebhookEndpoint } from './delete-webhook-endpoint.js';
import { GetWebhookEndpoint } from './get-webhook-endpoint.js';
import { ListWebhookEndpoints } from './list-webhook-endpoints.js';
import { RotateWebhookSecret } from './rotate-webhook-secret.js';
import { WEBHOOK_ENDPOINT_MODEL, WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { WebhookEndpointsRpc } from './webhook-endpoints.rpc.js';
import { SecretBox } from './webhook-secret.js';

export type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';
export { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
export { SecretBox } from './webhook-secret.js';

/** Partners' webhook endpoints: URLs, event types and signing secrets. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: WEBHOOK_ENDPOINT_MODEL, schema: webhookEndpointSchema }]),
    AddressesModule,
  ],
  controllers: [WebhookEndpointsRpc],
  providers: [
    {
      provide: SecretBox,
      useFactory: (config: NotificationsConfig) => new SecretBox(config.WEBHOOK_SECRETS_KEY),
      inject: [NotificationsConfig],
    },
    WebhookEndpointRepository,
    CreateWebhookEndpoint,
    GetWebhookEndpoint,
    ListWebhookEndpoints,
    ChangeWebhookEndpoint,
    RotateWebhookSecret,
    DeleteWebhookEndpoint,
  ],
  exports: [WebhookEndpointRepository, SecretBox],
})
export class WebhookEndpointsModule {}
