export { QueueFigures, type QueueFigure } from './queue-figures.js';
export {
  DEFAULT_WORK_TUNING,
  type QueueOptions,
  type WorkQueueModuleOptions,
  type WorkQueueObserver,
  type WorkQueueTuning,
} from './options.js';
export { WorkExecutor } from './work-executor.js';
export { WorkHandler, type WorkHandlerFunction, type WorkItem, type WorkLease } from './work-handler.js';
export { WorkQueue, type DeadWork, type NewWork, type ScheduleResult } from './work-queue.js';
export { WorkQueueModule } from './work-queue.module.js';
export type { WorkRow, WorkState } from './work-row.js';
