import { Module } from '@nestjs/common';
import { NotificationsConfig } from '../config/config.module.js';
import { AddressPolicy } from './address-policy.js';

export { AddressPolicy, isPublicAddress } from './address-policy.js';

/** Restricts which URLs from partners and devices may be called. */
@Module({
  providers: [
    {
      provide: AddressPolicy,
      useFactory: (config: NotificationsConfig) => new AddressPolicy(config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES ?? false),
      inject: [NotificationsConfig],
    },
  ],
  exports: [AddressPolicy],
})
export class AddressesModule {}
