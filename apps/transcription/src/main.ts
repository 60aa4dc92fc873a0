import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { TranscriptionConfig } from './config/config.module.js';
import { TranscriptionModule } from './transcription.module.js';

await bootApp({
  app: 'transcription',
  config: TranscriptionConfig,
  module: (config) => TranscriptionModule.forConfig(config),
  prepare: connectMessaging,
});
