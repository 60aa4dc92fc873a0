import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { ASSIGNMENT_QUEUE } from '../config/config.module.js';
import { AssignDeliveries } from './assign-deliveries.js';

/** Plans assignments when they are due. */
@Injectable()
export class AssignmentWorker {
  constructor(private readonly assignDeliveries: AssignDeliveries) {}

  @WorkHandler(ASSIGNMENT_QUEUE, 'assign-deliveries')
  onAssignmentDue(item: WorkItem): Promise<{ retryAt: Date } | undefined> {
    return this.assignDeliveries.execute(item);
  }
}
