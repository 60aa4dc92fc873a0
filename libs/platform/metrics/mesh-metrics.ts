import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { MessagingObserver } from '#libs/messaging/options/observer.js';
import type { WorkQueueObserver } from '#libs/work-queue/options.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Work may be late by minutes where a dependency was away. */
const LATE_SECONDS = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

function counter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
  return new Counter({ name: `delauto_${name}`, help, labelNames });
}

function histogram<L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]): Histogram<L> {
  return new Histogram({ name: `delauto_${name}`, help, buckets, labelNames });
}

/** What messaging and work queue tell, as Prometheus figures. Labels are contracts and kinds of work: bounded. */
export interface MeshMetrics {
  readonly messaging: MessagingObserver;
  readonly workQueue: WorkQueueObserver;
}

/** Makes them anew, so that an app built twice in one process (in tests) does not register them twice. */
export function meshMetrics(): MeshMetrics {
  register.clear();
  const handled = histogram('event_handling_seconds', 'Handling of one event.', SECONDS, 'subject');
  const events = counter('events_total', 'Events by what became of them here.', 'subject', 'outcome');
  const published = histogram(
    'event_publish_lag_seconds',
    'From the commit of an event to the broker.',
    SECONDS,
    'subject',
  );
  const pending = new Gauge({ name: 'delauto_outbox_pending', help: 'Events committed and not yet published.' });
  const served = histogram('rpc_served_seconds', 'RPCs answered here.', SECONDS, 'subject', 'outcome');
  const called = histogram('rpc_called_seconds', 'RPCs asked from here.', SECONDS, 'subject', 'outcome');
  const late = histogram('work_lateness_seconds', 'From due to begun.', LATE_SECONDS, 'queue', 'kind');
  const work = histogram('work_seconds', 'Work by how it ended.', SECONDS, 'queue', 'kind', 'outcome');
  const overdue = new Gauge({ name: 'delauto_work_overdue', help: 'Due work that nobody has begun.' });
  return {
    messaging: {
      eventHandled: (subject, ms) => {
        handled.observe({ subject }, ms / 1000);
        events.inc({ subject, outcome: 'handled' });
      },
      eventDuplicate: (subject) => events.inc({ subject, outcome: 'duplicate' }),
      eventFailed: (subject) => events.inc({ subject, outcome: 'failed' }),
      eventDeadLettered: (subject, reason) => events.inc({ subject, outcome: `dead_${reason}` }),
      eventPublished: (subject, ms) => published.observe({ subject }, ms / 1000),
      outboxPending: (rows) => pending.set(rows),
      rpcServed: (subject, outcome, ms) => served.observe({ subject, outcome }, ms / 1000),
      rpcCalled: (subject, outcome, ms) => called.observe({ subject, outcome }, ms / 1000),
    },
    workQueue: {
      workStarted: (queue, kind, ms) => late.observe({ queue, kind }, ms / 1000),
      workEnded: (queue, kind, outcome, ms) => work.observe({ queue, kind, outcome }, ms / 1000),
      workOverdue: (rows) => overdue.set(rows),
    },
  };
}
