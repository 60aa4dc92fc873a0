import { DeliveryAssigned, InstructionsChanged, type Instructions } from '#libs/contracts/index.js';
import { createAggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { analyzed, keyed } from '../testing/routing-under-test.js';
import { briefAgent } from './brief-agent.js';

const NOW = new Date('2026-03-03T16:00:00Z');
const porch: Instructions = { safePlace: keyed('porch' as const), complexity: 1 };
const shed: Instructions = { safePlace: analyzed('shed' as const), complexity: 1 };

/** Creates the part of a delivery that the briefing depends on. */
const createDelivery = (overrides: Partial<DeliveryDocument>): DeliveryDocument =>
  ({
    _id: 'dlv_1',
    reference: 'R-1',
    state: 'assigned',
    agentId: 'agt_1',
    updatedAt: NOW,
    ...overrides,
  }) as DeliveryDocument;

const assignedEvent = createAggregateEvent(DeliveryAssigned, {} as never, NOW);
const briefedDelivery = briefAgent(createDelivery({ instructions: porch }), [assignedEvent]).delivery;

describe('the briefing of an agent', () => {
  it('is part of the assignment, and is not repeated', () => {
    const { events } = briefAgent(briefedDelivery, []);
    expect(events).toEqual([]);
    expect(briefAgent(createDelivery({ instructions: porch }), [assignedEvent]).events).toEqual([assignedEvent]);
  });

  it.each<[string, Partial<DeliveryDocument>]>([
    ['instructions', { instructions: shed }],
    ['words of the customer', { transcript: 'on the porch' }],
    ['recordings', { recordingId: 'rec_1' }],
  ])('is updated once if the %s change', (_name, changes) => {
    const after = briefAgent({ ...briefedDelivery, ...changes }, []);
    expect(after.events).toMatchObject([
      {
        contract: InstructionsChanged,
        payload: { agentId: 'agt_1', instructions: porch, ...changes },
        occurredAt: NOW,
      },
    ]);
    expect(briefAgent(after.delivery, []).events).toEqual([]);
  });

  it('does not depend on the order of fields', () => {
    const { safePlace } = porch;
    expect(
      briefAgent({ ...briefedDelivery, instructions: { complexity: 1, safePlace } as Instructions }, []).events,
    ).toEqual([]);
  });

  it('is dropped when the agent loses the delivery', () => {
    const withoutAgent = briefAgent({ ...briefedDelivery, state: 'ready_to_assign', instructions: shed }, []);
    expect(withoutAgent.events).toEqual([]);
    expect(withoutAgent.delivery.agentBriefing).toBeUndefined();
  });

  it('of a delivery that an earlier version of DelAuto assigned is derived from the facts of that version', () => {
    const { agentBriefing: _agentBriefing, ...withoutBriefing } = briefedDelivery;
    expect(briefAgent(withoutBriefing, []).events).toEqual([]);
    const contactFacts = { attempts: {}, messages: {}, earlier: createEarlierContact(porch) };
    expect(briefAgent({ ...withoutBriefing, contactFacts, instructions: shed }, []).events).toHaveLength(1);
  });
});

const createEarlierContact = (instructions: Instructions) => ({
  attempts: 1,
  unrungAttempts: 0,
  customerReached: true,
  instructions,
});
