import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { CallBookModule } from '../call-book/call-book.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { FaultsModule } from '../faults/faults.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { ControlController } from './control.controller.js';

/** The control API for demos, tests and benchmarks. */
@Module({
  imports: [LedgerModule, CallBookModule, CallsModule, PersonasModule, AudioModule, FaultsModule, WebhooksModule],
  controllers: [ControlController],
})
export class ControlModule {}
