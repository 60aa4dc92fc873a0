import type { Evidence } from '../evidence/evidence.js';
import type { Rule, Violation } from './violation.js';

/** Work that has been due for this long is not being processed. */
const OVERDUE_MS = 10_000;

const toLostViolation = (sentence: string): Violation => ({ damage: 'lost', sentence });

/** At the end, no work has failed permanently and none is waiting. */
export const leftoversRule: Rule = {
  number: 8,
  title: 'leftovers: no dead letters, no failed work, outboxes drained',
  judge: ({ operations }: Evidence) => {
    if (operations === undefined) return [toLostViolation('The operations API did not answer at the end of the run.')];
    const { deadLetters, apps, consumers } = operations;
    return [
      ...deadLetters.map(({ consumer, subject, message }) =>
        toLostViolation(`${consumer} gave ${subject} up: ${message.slice(0, 200)}.`),
      ),
      ...apps.flatMap(({ app, state, outboxPending = 0, queues = [] }) => [
        ...(state === 'up' ? [] : [toLostViolation(`${app} does not answer (${state}).`)]),
        ...(outboxPending === 0 ? [] : [toLostViolation(`${app} has ${outboxPending} events in its outbox.`)]),
        ...queues.flatMap(({ queue, due, failed, oldestDueMs }) => [
          ...(failed === 0 ? [] : [toLostViolation(`${app} gave ${failed} work items of ${queue} up.`)]),
          ...(due === 0 || oldestDueMs < OVERDUE_MS
            ? []
            : [toLostViolation(`${app} has ${due} work items of ${queue} that have been due for ${oldestDueMs} ms.`)]),
        ]),
      ]),
      ...consumers
        .filter(({ pending, inFlight }) => pending + inFlight > 0)
        .map(({ app, stream, pending, inFlight }) =>
          toLostViolation(
            `${app} is ${pending + inFlight} events behind on ${stream} (${pending} pending, ${inFlight} in flight).`,
          ),
        ),
    ];
  },
};
