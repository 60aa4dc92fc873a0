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

const consumedSubjects = contractRegistry.eventsConsumedBy('analytics').map(({ subject }) => subject);

describe('analytics and the contract registry', () => {
  it('has a rule or a timeline line for every event about a delivery, and consumes every event that it uses', () => {
    const usedSubjects = new Set([...SUBJECTS_WITH_RULE, ...DESCRIBED_SUBJECTS]);
    const deliveryContracts = contractRegistry
      .eventsConsumedBy('analytics')
      .filter(({ payload }) => getFields(payload).some(({ name, required }) => name === 'deliveryId' && required));
    expect(deliveryContracts.length).toBeGreaterThan(20);
    expect(deliveryContracts.map(({ subject }) => subject).filter((subject) => !usedSubjects.has(subject))).toEqual([]);
    expect([...usedSubjects].filter((subject) => !consumedSubjects.includes(subject))).toEqual([]);
  });
});

let eventCount = 0;
function createEvent<P extends object>(contract: EventContract<P>, second: number, payload: Partial<P>): EventEnvelope {
  const occurredAt = new Date(Date.UTC(2026, 2, 2, 15, 0, second)).toISOString();
  eventCount += 1;
  const id = `e${String(eventCount).padStart(8, '0')}`;
  const { subject } = contract;
  return { id, subject, organizationId: 'org_1', aggregateId: 'a', sequence: eventCount, occurredAt, payload };
}

const toFinding = <V>(value: V) => ({ value, confidence: 1, source: 'keys' as const });

/** Events about few entities at few instants, so that many concern the same entity at the same instant. */
const anyEvent: fc.Arbitrary<EventEnvelope> = fc
  .record({
    factoryIndex: fc.nat({ max: 13 }),
    second: fc.nat({ max: 4 }),
    n: fc.nat({ max: 2 }),
    outcome: fc.constantFrom(...CALL_OUTCOMES),
    hasInstructions: fc.boolean(),
  })
  .map(({ factoryIndex, second, n, outcome, hasInstructions }) => {
    const deliveryId = `dlv_${n}`;
    const attemptId = `att_${n}`;
    const instructions = hasInstructions ? { callAhead: toFinding(true), complexity: 1 } : { complexity: 1 };
    const call = { attemptId, deliveryId };
    const inbox = { messageId: `msg_${n}`, deliveryId, agentId: `agt_${n}`, afterMs: second * 100 };
    const factories = [
      () => createEvent(DeliveryCreated, second, { deliveryId }),
      () => createEvent(DeliveryAssigned, second, { deliveryId, agentId: `agt_${second}` }),
      () => createEvent(DeliveryAcknowledged, second, { deliveryId }),
      () => createEvent(DeliveryRefused, second, { deliveryId }),
      () => createEvent(CallRequested, second, { ...call, attempt: n + 1 }),
      () => createEvent(CallPlaced, second, call),
      () => createEvent(CallAnswered, second, call),
      () => createEvent(CallDecisionMade, second, { ...call, instructions }),
      () => createEvent(CallCompleted, second, { ...call, outcome, durationSeconds: second, instructions }),
      () => createEvent(InstructionsExtracted, second, { ...call, instructions }),
      () => createEvent(CustomerOptedOut, second, { customerId: `cus_${n}` }),
      () => createEvent(AgentCreated, second, { agentId: `agt_${n}`, name: `Agent ${second}` }),
      () => createEvent(InboxMessageAcknowledged, second, { ...inbox, lastChannel: 'push' }),
      () =>
        createEvent(WebhookSettled, second, {
          webhookId: `whk_${n}`,
          endpointId: 'w',
          type: 't',
          tries: 1,
          result: 'delivered',
        }),
    ];
    const create = factories[factoryIndex];
    if (!create) throw new Error(`No event factory ${factoryIndex}: adapt the maximum of factoryIndex.`);
    return create();
  });

const project = (events: readonly EventEnvelope[]): Map<string, ProjectedEntity> =>
  joinAll(events.flatMap(toProjectionChanges));

/** Sorts entries, so that maps compare by content and not by insertion order. */
const sortEntries = (entities: Map<string, ProjectedEntity>) => [...entities].sort(([a], [b]) => (a < b ? -1 : 1));

describe('projections', () => {
  it('are the same for every order and repetition of the same events', () => {
    const eventsAndArrivals = fc
      .array(anyEvent, { minLength: 1, maxLength: 30 })
      .chain((events) =>
        fc
          .tuple(fc.constant(events), fc.subarray(events))
          .chain(([all, repeated]) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray([...all, ...repeated], { minLength: all.length + repeated.length }),
            ),
          ),
      );
    fc.assert(
      fc.property(eventsAndArrivals, ([events, arrivals]) => {
        expect(sortEntries(project(arrivals))).toEqual(sortEntries(project(events)));
      }),
    );
  });

  it('keep the earliest instant of a step and the newest value of a field', () => {
    const lateEvent = createEvent(DeliveryAssigned, 9, { deliveryId: 'dlv_9', agentId: 'agt_new' });
    const earlyEvent = createEvent(DeliveryAssigned, 1, { deliveryId: 'dlv_9', agentId: 'agt_old' });
    const entity = project([lateEvent, earlyEvent]).get('deliveries/org_1/dlv_9');
    expect(entity?.earliest['assignedAt']).toEqual(new Date('2026-03-02T15:00:01Z'));
    expect(entity?.newest['agentId']?.value).toBe('agt_new');
  });

  it('count a delivery as reached only if a person answered, and as instructed only if there are instructions', () => {
    const projectCompletedCall = (outcome: (typeof CALL_OUTCOMES)[number]) =>
      project([
        createEvent(CallCompleted, 1, { attemptId: 'att_9', deliveryId: 'dlv_9', outcome, durationSeconds: 3 }),
      ]);
    const listSteps = (outcome: (typeof CALL_OUTCOMES)[number]) =>
      Object.keys(projectCompletedCall(outcome).get('deliveries/org_1/dlv_9')?.earliest ?? {}).sort();
    expect(listSteps('answered')).toEqual(['calledAt', 'reachedAt']);
    expect(listSteps('dropped')).toEqual(['calledAt', 'reachedAt']);
    expect(listSteps('hung_up_early')).toEqual(['calledAt']);
    expect(listSteps('voicemail')).toEqual(['calledAt']);
    expect(listSteps('no_answer')).toEqual(['calledAt']);
    expect(listSteps('not_placed')).toEqual([]);
    const withoutInstructions = createEvent(InstructionsExtracted, 1, {
      deliveryId: 'dlv_9',
      instructions: { complexity: 1 },
    });
    expect([...project([withoutInstructions]).keys()]).toEqual(['words/org_1/dlv_9']);
  });

  it('separate organizations', () => {
    const created = createEvent(DeliveryCreated, 1, { deliveryId: 'dlv_1' });
    expect(project([created, { ...created, organizationId: 'org_2' }]).size).toBe(2);
  });
});
