import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { LiveAdapter } from './live/live.adapter.js';

await bootApp({
  app: 'gateway',
  config: GatewayConfig,
  module: (config) => GatewayModule.forConfig(config),
  prepare: async (nest, config) => {
    nest.useWebSocketAdapter(new LiveAdapter(nest, config.REDIS_URL));
    await connectMessaging(nest);
  },
});
