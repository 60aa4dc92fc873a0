import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { CALL_QUEUE } from '../config/config.module.js';
import { ReconcileAttempt } from './reconcile-attempt.js';
import { WatchCall } from './watch-call.js';

/** Reconciles and polls calls whose reports are missing. */
@Injectable()
export class CallWatchWorker {
  constructor(
    private readonly reconcileAttempt: ReconcileAttempt,
    private readonly watchCall: WatchCall,
  ) {}

  @WorkHandler(CALL_QUEUE, 'reconcile-attempt')
  onReconcileAttempt(item: WorkItem<AttemptWork>): Promise<void> {
    return this.reconcileAttempt.execute(item);
  }

  @WorkHandler(CALL_QUEUE, 'watch-call')
  onWatchCall(item: WorkItem<AttemptWork>): Promise<void> {
    return this.watchCall.execute(item);
  }
}
