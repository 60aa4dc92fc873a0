import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { RoutingConfig } from './config/config.module.js';
import { RoutingModule } from './routing.module.js';

await bootApp({
  app: 'routing',
  config: RoutingConfig,
  module: (config) => RoutingModule.forConfig(config),
  prepare: connectMessaging,
});
