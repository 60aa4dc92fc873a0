import { Module, type OnModuleInit } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { Ledger } from './ledger.js';

export { type CallDirection, type CallStatus, type EndedBy, isFinal } from './call-status.js';
export type { Act, Conduct, RingOutcome } from './conduct.js';
export type {
  LedgerEntry,
  MessageStatus,
  Parameters,
  RecordedPiece,
  RecordingSource,
  StatusCallbackPlan,
} from './ledger-entry.js';
export { Ledger } from './ledger.js';

/** The log of the simulator's events. It is opened after all projections are registered. */
@Module({
  providers: [
    {
      provide: Ledger,
      useFactory: (config: SimulatorConfig) => new Ledger(config.ledgerFile, () => Date.now()),
      inject: [SimulatorConfig],
    },
  ],
  exports: [Ledger],
})
export class LedgerModule implements OnModuleInit {
  constructor(private readonly ledger: Ledger) {}

  onModuleInit(): Promise<void> {
    return this.ledger.open();
  }
}
