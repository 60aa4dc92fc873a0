import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { CallWatchWorker } from './call-watch.worker.js';
import { CheckOpenCalls } from './check-open-calls.js';
import { ReconcileAttempt } from './reconcile-attempt.js';
import { WatchCall } from './watch-call.js';

/** Polls the carrier about calls whose reports did not arrive. */
@Module({
  imports: [CallLogModule, CarrierModule],
  providers: [CallWatchWorker, CheckOpenCalls, ReconcileAttempt, WatchCall],
})
export class CallWatchModule {}
