import { evidence, formatViolations } from '../testing/sample-evidence.js';
import { leftoversRule } from './leftovers.js';

it('the leftovers rule reports dead letters, failed and overdue work, undrained outboxes and consumers that are behind', () => {
  const operations = {
    deadLetters: [{ consumer: 'routing', subject: 'telephony.call.completed.v1', message: 'boom' }],
    apps: [
      {
        app: 'routing',
        state: 'up',
        outboxPending: 3,
        queues: [{ queue: 'q', due: 2, failed: 1, oldestDueMs: 20_000 }],
      },
      { app: 'analytics', state: 'unreachable' },
    ],
    consumers: [{ app: 'gateway', stream: 'ROUTING', pending: 4, inFlight: 1 }],
  };
  expect(formatViolations(leftoversRule.judge(evidence({ operations })))).toEqual([
    'lost: routing gave telephony.call.completed.v1 up: boom.',
    'lost: routing has 3 events in its outbox.',
    'lost: routing gave 1 work items of q up.',
    'lost: routing has 2 work items of q that have been due for 20000 ms.',
    'lost: analytics does not answer (unreachable).',
    'lost: gateway is 5 events behind on ROUTING (4 pending, 1 in flight).',
  ]);
});

it('the leftovers rule reports that the operations API did not answer', () => {
  const { operations: _operations, ...evidenceWithoutOperations } = evidence();
  expect(formatViolations(leftoversRule.judge(evidenceWithoutOperations))).toEqual([
    'lost: The operations API did not answer at the end of the run.',
  ]);
});
