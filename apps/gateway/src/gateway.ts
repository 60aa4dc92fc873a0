import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { createApp, type Boot } from '#libs/platform/boot/boot-app.js';
import { acceptImportBodies } from './delivery-imports/accept-import-bodies.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { EdgePipeline } from './http/edge-pipeline.js';
import { problemAnswers } from './http/http-server.js';
import { answerOtherMethods } from './http/other-methods.js';
import { KnownAnswers } from './http/known-answers.js';
import { protect, serverLimits } from './http/protection.js';
import { securityHeaders } from './http/security-headers.js';
import { LiveAdapter } from './live/live.adapter.js';

/** How the gateway is built: its module, its HTTP server's options, and what is added to the server before it serves. */
export const gateway: Boot<GatewayConfig> = {
  app: 'gateway',
  config: GatewayConfig,
  module: (config) => GatewayModule.forConfig(config),
  server: (config) => ({ ...serverLimits(config), ...problemAnswers }),
  prepare: async (nest, config) => {
    const server = nest.getHttpAdapter().getInstance();
    answerOtherMethods(server);
    const headers = await securityHeaders();
    await protect(server, config, headers);
    acceptImportBodies(server);
    nest.get(KnownAnswers).install(server, headers);
    nest.get(EdgePipeline).install(server);
    nest.useWebSocketAdapter(new LiveAdapter(nest));
    await connectMessaging(nest);
  },
};

/** The gateway as it serves in production, not listening yet. */
export const createGateway = (config: GatewayConfig): Promise<NestFastifyApplication> => createApp(gateway, config);
