import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { AnalyticsConfig } from './analytics.config.js';
import { AnalyticsModule } from './analytics.module.js';

await bootApp({
  app: 'analytics',
  config: AnalyticsConfig,
  module: (config) => AnalyticsModule.forConfig(config),
  prepare: (nest) => connectMessaging(nest),
});
