import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PushController } from './push.controller.js';
import { PushStore } from './push-store.js';

/** A push service as browsers use it (Web Push). */
@Module({
  imports: [LedgerModule],
  controllers: [PushController],
  providers: [PushStore],
})
export class PushModule {}
