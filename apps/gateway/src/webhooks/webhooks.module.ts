import { Module } from '@nestjs/common';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';

/** Endpoints of partners, and what was sent to them. */
@Module({ controllers: [WebhookEndpointsController, WebhookDeliveriesController] })
export class WebhooksModule {}
