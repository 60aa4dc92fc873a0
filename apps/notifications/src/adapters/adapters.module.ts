import { Global, Module } from '@nestjs/common';
import { WebPushSender } from '#libs/adapters/push/web-push/web-push-sender.js';
import { PushSender } from '#libs/ports/push.js';
import { NotificationsConfig } from '../config/config.module.js';

/** Binds the app's ports to their adapters. No other module names a vendor. */
@Global()
@Module({
  providers: [
    {
      provide: PushSender,
      useFactory: (config: NotificationsConfig): PushSender =>
        new WebPushSender({
          subject: config.VAPID_SUBJECT,
          publicKey: config.VAPID_PUBLIC_KEY,
          privateKey: config.VAPID_PRIVATE_KEY,
          allowInsecureEndpoints: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES,
        }),
      inject: [NotificationsConfig],
    },
  ],
  exports: [PushSender],
})
export class AdaptersModule {}
