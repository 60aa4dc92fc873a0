import { DeliveryAssigned, InstructionsChanged, type Instructions } from '#libs/contracts/index.js';
import { aggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { analysed, keyed } from '../testing/routing-under-test.js';
import { briefAgent } from './brief-agent.js';

const NOW = new Date('2026-03-03T16:00:00Z');
const porch: Instructions = { safePlace: keyed('porch' as const), complexity: 1 };
const shed: Instructions = { safePlace: analysed('shed' as const), complexity: 1 };

/** As much of a delivery as an agent is told of. */
const delivery = (over: Partial<DeliveryDocument>): DeliveryDocument =>
  ({
    _id: 'dlv_1',
    reference: 'R-1',
    state: 'assigned',
    agentId: 'agt_1',
    updatedAt: NOW,
    ...over,
  }) as DeliveryDocument;

const assigned = aggregateEvent(DeliveryAssigned, {} as never, NOW);
const given = briefAgent(delivery({ instructions: porch }), [assigned]).delivery;

describe('the agent who has a delivery', () => {
  it('is told by the assignment, and of nothing twice', () => {
    const { events } = briefAgent(given, []);
    expect(events).toEqual([]);
    expect(briefAgent(delivery({ instructions: porch }), [assigned]).events).toEqual([assigned]);
  });

  it.each<[string, Partial<DeliveryDocument>]>([
    ['instructions', { instructions: shed }],
    ['words', { transcript: 'on the porch' }],
    ['recording', { recordingId: 'rec_1' }],
  ])('is told of other %s, once', (_what, changed) => {
    const after = briefAgent({ ...given, ...changed }, []);
    expect(after.events).toMatchObject([
      {
        contract: InstructionsChanged,
        payload: { agentId: 'agt_1', instructions: porch, ...changed },
        occurredAt: NOW,
      },
    ]);
    expect(briefAgent(after.delivery, []).events).toEqual([]);
  });

  it('is told the same whatever the order of fields', () => {
    const { safePlace } = porch;
    expect(briefAgent({ ...given, instructions: { complexity: 1, safePlace } as Instructions }, []).events).toEqual([]);
  });

  it('who lost it is told no more, and the next one has everything from the assignment', () => {
    const lost = briefAgent({ ...given, state: 'ready_to_assign', instructions: shed }, []);
    expect(lost.events).toEqual([]);
    expect(lost.delivery.agentBriefing).toBeUndefined();
  });

  it('who was given it by an earlier version knows what was known then', () => {
    const { agentBriefing: _none, ...before } = given;
    expect(briefAgent(before, []).events).toEqual([]);
    const contactFacts = { attempts: {}, messages: {}, earlier: earlierWith(porch) };
    expect(briefAgent({ ...before, contactFacts, instructions: shed }, []).events).toHaveLength(1);
  });
});

const earlierWith = (instructions: Instructions) => ({
  ...{ attempts: 1, unrungAttempts: 0, customerReached: true },
  instructions,
});
