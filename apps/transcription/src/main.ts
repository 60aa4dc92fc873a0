import { connectMessaging } from '#libs/messaging/index.js';
import { bootApp } from '#libs/platform/boot/boot-app.js';
import { TranscriptionConfig } from './transcription.config.js';
import { TranscriptionModule } from './transcription.module.js';

await bootApp({
  app: 'transcription',
  config: TranscriptionConfig,
  module: (config) => TranscriptionModule.forConfig(config),
  prepare: connectMessaging,
});
