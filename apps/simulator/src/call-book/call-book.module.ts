import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { CallBook } from './call-book.js';
import { SimulatorMetrics } from './simulator-metrics.js';

export { CallBook } from './call-book.js';
export type { CallRecord } from './call-record.js';
export { type LedgerSummary, summarizeCalls } from './ledger-summary.js';
export { toCallView, type CallView } from './call-view.js';

/** All calls, folded from the ledger, with their summary and metrics. */
@Module({
  imports: [LedgerModule, WebhooksModule],
  providers: [CallBook, SimulatorMetrics],
  exports: [CallBook],
})
export class CallBookModule {}
