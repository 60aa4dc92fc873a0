import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { createApp, type Boot } from '#libs/platform/boot/boot-app.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { EdgePipeline } from './http/edge-pipeline.js';
import { protect, serverLimits } from './http/protection.js';
import { LiveAdapter } from './live/live.adapter.js';

/** How the gateway is built: its module, its HTTP server's options, and what is added to the server before it serves. */
export const gateway: Boot<GatewayConfig> = {
  app: 'gateway',
  config: GatewayConfig,
  module: (config) => GatewayModule.forConfig(config),
  server: serverLimits,
  prepare: async (nest, config) => {
    const server = nest.getHttpAdapter().getInstance();
    await protect(server, config);
    nest.get(EdgePipeline).install(server);
    nest.useWebSocketAdapter(new LiveAdapter(nest, config.REDIS_URL));
    await connectMessaging(nest);
  },
};

/** The gateway as it serves in production, not listening yet. */
export const createGateway = (config: GatewayConfig): Promise<NestFastifyApplication> => createApp(gateway, config);
