import { Module } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { WebhookClient } from './webhook-client.js';

export { parseConnectionOverrides } from './connection-overrides.js';
export { exchange, HttpExchangeError, closeConnections } from './http-exchange.js';
export { type Webhook, WebhookClient, WebhookFailedError, type WebhookMethod } from './webhook-client.js';

/** Sends webhooks as Twilio does. */
@Module({
  providers: [
    {
      provide: WebhookClient,
      useFactory: (config: SimulatorConfig) => new WebhookClient(config.authToken),
      inject: [SimulatorConfig],
    },
  ],
  exports: [WebhookClient],
})
export class WebhooksModule {}
