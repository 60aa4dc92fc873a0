import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { TelephonyConfig } from './config/config.module.js';
import { TelephonyModule } from './telephony.module.js';

await bootApp({
  app: 'telephony',
  config: TelephonyConfig,
  module: (config) => TelephonyModule.forConfig(config),
  prepare: connectMessaging,
});
