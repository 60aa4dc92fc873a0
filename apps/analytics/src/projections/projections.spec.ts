import fc from 'fast-check';
import {
  AgentCreated,
  CALL_OUTCOMES,
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallRequested,
  contractRegistry,
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryCreated,
  DeliveryRefused,
  InboxMessageAcknowledged,
  InstructionsExtracted,
  WebhookSettled,
  getFields,
  type EventContract,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { DESCRIBED_SUBJECTS } from '../timeline/describe-event.js';
import { joinAll, type ProjectedEntity } from './change.js';
import { toProjectionChanges, SUBJECTS_WITH_RULE } from './rules.js';

const consumed = contractRegistry.eventsConsumedBy('analytics').map(({ subject }) => subject);

describe('analytics and the contract registry', () => {
  it('has a rule or a timeline line for every event about a delivery, and consumes every event that it uses', () => {
    const used = new Set([...SUBJECTS_WITH_RULE, ...DESCRIBED_SUBJECTS]);
    const aboutDeliveries = contractRegistry
      .eventsConsumedBy('analytics')
      .filter(({ payload }) => getFields(payload).some(({ name, required }) => name === 'deliveryId' && required));
    expect(aboutDeliveries.length).toBeGreaterThan(20);
    expect(aboutDeliveries.map(({ subject }) => subject).filter((subject) => !used.has(subject))).toEqual([]);
    expect([...used].filter((subject) => !consumed.includes(subject))).toEqual([]);
  });
});

let eventCount = 0;
function event<P extends object>(contract: EventContract<P>, second: number, payload: Partial<P>): EventEnvelope {
  const occurredAt = new Date(Date.UTC(2026, 2, 2, 15, 0, second)).toISOString();
  eventCount += 1;
  const id = `e${String(eventCount).padStart(8, '0')}`;
  const { subject } = contract;
  return { id, subject, organizationId: 'org_1', aggregateId: 'a', sequence: eventCount, occurredAt, payload };
}

const found = <V>(value: V) => ({ value, confidence: 1, source: 'keys' as const });

/** Events about a few entities at a few instants, so that events collide and tie. */
const anyEvent: fc.Arbitrary<EventEnvelope> = fc
  .record({
    which: fc.nat({ max: 13 }),
    second: fc.nat({ max: 4 }),
    n: fc.nat({ max: 2 }),
    outcome: fc.constantFrom(...CALL_OUTCOMES),
    wishes: fc.boolean(),
  })
  .map(({ which, second, n, outcome, wishes }) => {
    const deliveryId = `dlv_${n}`;
    const attemptId = `att_${n}`;
    const instructions = wishes ? { callAhead: found(true), complexity: 1 } : { complexity: 1 };
    const call = { attemptId, deliveryId };
    const inbox = { messageId: `msg_${n}`, deliveryId, agentId: `agt_${n}`, afterMs: second * 100 };
    const makers = [
      () => event(DeliveryCreated, second, { deliveryId }),
      () => event(DeliveryAssigned, second, { deliveryId, agentId: `agt_${second}` }),
      () => event(DeliveryAcknowledged, second, { deliveryId }),
      () => event(DeliveryRefused, second, { deliveryId }),
      () => event(CallRequested, second, { ...call, attempt: n + 1 }),
      () => event(CallPlaced, second, call),
      () => event(CallAnswered, second, call),
      () => event(CallDecisionMade, second, { ...call, instructions }),
      () => event(CallCompleted, second, { ...call, outcome, durationSeconds: second, instructions }),
      () => event(InstructionsExtracted, second, { ...call, instructions }),
      () => event(CustomerOptedOut, second, { customerId: `cus_${n}` }),
      () => event(AgentCreated, second, { agentId: `agt_${n}`, name: `Agent ${second}` }),
      () => event(InboxMessageAcknowledged, second, { ...inbox, lastChannel: 'push' }),
      () =>
        event(WebhookSettled, second, {
          webhookId: `whk_${n}`,
          endpointId: 'w',
          type: 't',
          tries: 1,
          result: 'delivered',
        }),
    ];
    const make = makers[which];
    if (!make) throw new Error(`No event factory ${which}: adapt the maximum of which.`);
    return make();
  });

const projected = (events: readonly EventEnvelope[]): Map<string, ProjectedEntity> =>
  joinAll(events.flatMap(toProjectionChanges));

/** Sorts entries, so that maps compare by content and not by insertion order. */
const sorted = (entities: Map<string, ProjectedEntity>) => [...entities].sort(([a], [b]) => (a < b ? -1 : 1));

describe('projections', () => {
  it('are the same for every order and repetition of the same events', () => {
    const shuffled = fc
      .array(anyEvent, { minLength: 1, maxLength: 30 })
      .chain((events) =>
        fc
          .tuple(fc.constant(events), fc.subarray(events))
          .chain(([all, again]) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
            ),
          ),
      );
    fc.assert(
      fc.property(shuffled, ([events, arrivals]) => {
        expect(sorted(projected(arrivals))).toEqual(sorted(projected(events)));
      }),
    );
  });

  it('keep the earliest instant of a step and the newest value of a field', () => {
    const late = event(DeliveryAssigned, 9, { deliveryId: 'dlv_9', agentId: 'agt_new' });
    const early = event(DeliveryAssigned, 1, { deliveryId: 'dlv_9', agentId: 'agt_old' });
    const entity = projected([late, early]).get('deliveries/org_1/dlv_9');
    expect(entity?.earliest['assignedAt']).toEqual(new Date('2026-03-02T15:00:01Z'));
    expect(entity?.newest['agentId']?.value).toBe('agt_new');
  });

  it('count a delivery as reached only if a person answered, and as instructed only if there are wishes', () => {
    const ended = (outcome: (typeof CALL_OUTCOMES)[number]) =>
      projected([event(CallCompleted, 1, { attemptId: 'att_9', deliveryId: 'dlv_9', outcome, durationSeconds: 3 })]);
    const steps = (outcome: (typeof CALL_OUTCOMES)[number]) =>
      Object.keys(ended(outcome).get('deliveries/org_1/dlv_9')?.earliest ?? {}).sort();
    expect(steps('answered')).toEqual(['calledAt', 'reachedAt']);
    expect(steps('dropped')).toEqual(['calledAt', 'reachedAt']);
    expect(steps('hung_up_early')).toEqual(['calledAt']);
    expect(steps('voicemail')).toEqual(['calledAt']);
    expect(steps('no_answer')).toEqual(['calledAt']);
    expect(steps('not_placed')).toEqual([]);
    const none = event(InstructionsExtracted, 1, { deliveryId: 'dlv_9', instructions: { complexity: 1 } });
    expect([...projected([none]).keys()]).toEqual(['words/org_1/dlv_9']);
  });

  it('separate organizations', () => {
    const one = event(DeliveryCreated, 1, { deliveryId: 'dlv_1' });
    expect(projected([one, { ...one, organizationId: 'org_2' }]).size).toBe(2);
  });
});
