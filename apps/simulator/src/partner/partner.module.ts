import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PartnerController } from './partner.controller.js';
import { PartnerStore } from './partner-store.js';

/** Partners' systems that receive DelAuto's webhooks. */
@Module({
  imports: [LedgerModule],
  controllers: [PartnerController],
  providers: [PartnerStore],
})
export class PartnerModule {}
