import { Module } from '@nestjs/common';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';

/** Webhook endpoints of partners, and webhook deliveries. */
@Module({ controllers: [WebhookEndpointsController, WebhookDeliveriesController] })
export class WebhooksModule {}
