import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { MessagingObserver } from '#libs/messaging/options/observer.js';
import type { WorkQueueObserver } from '#libs/work-queue/options.js';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Work may be minutes late after an outage of a dependency. */
const LATENESS_BUCKETS_SECONDS = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

function counter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
  return new Counter({ name: `delauto_${name}`, help, labelNames });
}

function histogram<L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]): Histogram<L> {
  return new Histogram({ name: `delauto_${name}`, help, buckets, labelNames });
}

/**
 * Prometheus metrics of messaging and work queues. Labels are contracts and kinds of work, so their cardinality is
 * bounded.
 */
export interface MeshMetrics {
  readonly messaging: MessagingObserver;
  readonly workQueue: WorkQueueObserver;
}

/** Clears the registry and creates the metrics, so that tests can build an app twice in one process. */
export function createMeshMetrics(): MeshMetrics {
  register.clear();
  const eventDuration = histogram(
    'event_handling_seconds',
    'Duration of handling one event.',
    BUCKETS_SECONDS,
    'subject',
  );
  const eventCounter = counter('events_total', 'Consumed events by outcome.', 'subject', 'outcome');
  const publishLag = histogram(
    'event_publish_lag_seconds',
    'Time from the commit of an event to its publication.',
    BUCKETS_SECONDS,
    'subject',
  );
  const pendingOutboxRows = new Gauge({
    name: 'delauto_outbox_pending',
    help: 'Events that are committed and not yet published.',
  });
  const servedRpcDuration = histogram(
    'rpc_served_seconds',
    'Duration of RPCs that this app served.',
    BUCKETS_SECONDS,
    'subject',
    'outcome',
  );
  const calledRpcDuration = histogram(
    'rpc_called_seconds',
    'Duration of RPCs that this app called.',
    BUCKETS_SECONDS,
    'subject',
    'outcome',
  );
  const lateness = histogram(
    'work_lateness_seconds',
    'Time from the due time of work to its start.',
    LATENESS_BUCKETS_SECONDS,
    'queue',
    'kind',
  );
  const workDuration = histogram(
    'work_seconds',
    'Duration of work by outcome.',
    BUCKETS_SECONDS,
    'queue',
    'kind',
    'outcome',
  );
  const overdueWork = new Gauge({ name: 'delauto_work_overdue', help: 'Due work that has not started.' });
  return {
    messaging: {
      eventHandled: (subject, ms) => {
        eventDuration.observe({ subject }, ms / 1000);
        eventCounter.inc({ subject, outcome: 'handled' });
      },
      eventDuplicate: (subject) => eventCounter.inc({ subject, outcome: 'duplicate' }),
      eventFailed: (subject) => eventCounter.inc({ subject, outcome: 'failed' }),
      eventDeadLettered: (subject, reason) => eventCounter.inc({ subject, outcome: `dead_${reason}` }),
      eventPublished: (subject, ms) => publishLag.observe({ subject }, ms / 1000),
      outboxPending: (rows) => pendingOutboxRows.set(rows),
      rpcServed: (subject, outcome, ms) => servedRpcDuration.observe({ subject, outcome }, ms / 1000),
      rpcCalled: (subject, outcome, ms) => calledRpcDuration.observe({ subject, outcome }, ms / 1000),
    },
    workQueue: {
      workStarted: (queue, kind, ms) => lateness.observe({ queue, kind }, ms / 1000),
      workEnded: (queue, kind, outcome, ms) => workDuration.observe({ queue, kind, outcome }, ms / 1000),
      workOverdue: (rows) => overdueWork.set(rows),
    },
  };
}
