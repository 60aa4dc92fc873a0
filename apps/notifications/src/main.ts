import { bootApp } from '#libs/platform/boot/boot-app.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { NotificationsConfig } from './config/config.module.js';
import { NotificationsModule } from './notifications.module.js';

await bootApp({
  app: 'notifications',
  config: NotificationsConfig,
  module: (config) => NotificationsModule.forConfig(config),
  prepare: (nest) => connectMessaging(nest),
});
