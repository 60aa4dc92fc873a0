import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { AppConfig } from '#libs/platform/config/index.js';
import { AnalyticsModule } from './analytics.module.js';

await bootApp({
  app: 'analytics',
  // Analytics has no settings of its own.
  config: AppConfig,
  module: (config) => AnalyticsModule.forConfig(config),
  prepare: (nest) => connectMessaging(nest),
});
