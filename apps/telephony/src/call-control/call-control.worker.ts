import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { CALL_QUEUE } from '../config/config.module.js';
import { CancelAtCarrier } from './cancel-at-carrier.js';
import { InterveneAtCarrier } from './intervene-at-carrier.js';

/** Cancels calls and applies interventions at the carrier. */
@Injectable()
export class CallControlWorker {
  constructor(
    private readonly cancelAtCarrier: CancelAtCarrier,
    private readonly interveneAtCarrier: InterveneAtCarrier,
  ) {}

  @WorkHandler(CALL_QUEUE, 'cancel-at-carrier')
  onCancelAtCarrier(item: WorkItem<AttemptWork>): Promise<void> {
    return this.cancelAtCarrier.execute(item);
  }

  @WorkHandler(CALL_QUEUE, 'intervene')
  onInterveneAtCarrier(item: WorkItem<AttemptWork>): Promise<void> {
    return this.interveneAtCarrier.execute(item);
  }
}
