import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { createApp, type Boot } from '#libs/platform/boot/boot-app.js';
import { acceptImportBodies } from './delivery-imports/delivery-imports.module.js';
import { GatewayConfig } from './config/config.module.js';
import { GatewayModule } from './gateway.module.js';
import { EdgePipeline, CacheFastPath } from './edge/edge.module.js';
import {
  answerUnsupportedMethods,
  problemServerOptions,
  registerProtection,
  securityHeaders,
  serverLimits,
} from './http-server/http-server.module.js';
import { LiveAdapter } from './live/live.module.js';

/** How to boot the gateway: its module, the options of its HTTP server, and the hooks added before it listens. */
export const gateway: Boot<GatewayConfig> = {
  app: 'gateway',
  config: GatewayConfig,
  module: (config) => GatewayModule.forConfig(config),
  server: (config) => ({ ...serverLimits(config), ...problemServerOptions }),
  prepare: async (nest, config) => {
    const server = nest.getHttpAdapter().getInstance();
    answerUnsupportedMethods(server);
    const headers = await securityHeaders();
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
