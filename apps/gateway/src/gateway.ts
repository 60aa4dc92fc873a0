import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { createApp, type Boot } from '#libs/platform/boot/boot-app.js';
import { acceptImportBodies } from './delivery-imports/delivery-imports.module.js';
import { GatewayConfig } from './config/config.module.js';
import { GatewayModule } from './gateway.module.js';
import { EdgePipeline, CacheFastPath } from './edge/edge.module.js';
import {
  respondToUnsupportedMethods,
  problemServerOptions,
  registerProtection,
  computeSecurityHeaders,
  createServerLimits,
} from './http-server/http-server.module.js';
import { LiveAdapter } from './live/live.module.js';

/** The boot definition of the gateway: its module, HTTP server options, and preparation before it listens. */
export const gateway: Boot<GatewayConfig> = {
  app: 'gateway',
  config: GatewayConfig,
  module: (config) => GatewayModule.forConfig(config),
  server: (config) => ({ ...createServerLimits(config), ...problemServerOptions }),
  prepare: async (nest, config) => {
    const server = nest.getHttpAdapter().getInstance();
    respondToUnsupportedMethods(server);
    const headers = await computeSecurityHeaders();
    await registerProtection(server, config, headers);
    acceptImportBodies(server);
    nest.get(CacheFastPath).install(server, headers);
    nest.get(EdgePipeline).install(server);
    nest.useWebSocketAdapter(new LiveAdapter(nest));
    await connectMessaging(nest);
  },
};

/** Creates the gateway as in production, without listening. */
export const createGateway = (config: GatewayConfig): Promise<NestFastifyApplication> => createApp(gateway, config);
