import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PushController } from './push.controller.js';
import { PushStore } from './push-store.js';

/** A web push service, as browsers use it. */
@Module({
  imports: [LedgerModule],
  controllers: [PushController],
  providers: [PushStore],
})
export class PushModule {}
