import { DeliveryAssigned, InstructionsChanged, type Instructions } from '#libs/contracts/index.js';
import { aggregateEvent } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { analyzed, keyed } from '../testing/routing-under-test.js';
import { briefAgent } from './brief-agent.js';

const NOW = new Date('2026-03-03T16:00:00Z');
const porch: Instructions = { safePlace: keyed('porch' as const), complexity: 1 };
const shed: Instructions = { safePlace: analyzed('shed' as const), complexity: 1 };

/** The part of a delivery that the briefing depends on. */
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
const briefed = briefAgent(delivery({ instructions: porch }), [assigned]).delivery;

describe('the briefing of an agent', () => {
  it('comes with the assignment, and is not repeated', () => {
    const { events } = briefAgent(briefed, []);
    expect(events).toEqual([]);
    expect(briefAgent(delivery({ instructions: porch }), [assigned]).events).toEqual([assigned]);
  });

  it.each<[string, Partial<DeliveryDocument>]>([
    ['instructions', { instructions: shed }],
    ['words of the customer', { transcript: 'on the porch' }],
    ['recordings', { recordingId: 'rec_1' }],
  ])('is updated once if the %s change', (_what, changed) => {
    const after = briefAgent({ ...briefed, ...changed }, []);
    expect(after.events).toMatchObject([
      {
        contract: InstructionsChanged,
        payload: { agentId: 'agt_1', instructions: porch, ...changed },
        occurredAt: NOW,
      },
    ]);
    expect(briefAgent(after.delivery, []).events).toEqual([]);
  });

  it('does not depend on the order of fields', () => {
    const { safePlace } = porch;
    expect(briefAgent({ ...briefed, instructions: { complexity: 1, safePlace } as Instructions }, []).events).toEqual(
      [],
    );
  });

  it('is dropped when the agent loses the delivery', () => {
    const lost = briefAgent({ ...briefed, state: 'ready_to_assign', instructions: shed }, []);
    expect(lost.events).toEqual([]);
    expect(lost.delivery.agentBriefing).toBeUndefined();
  });

  it('of a delivery that an earlier version assigned is what that version knew', () => {
    const { agentBriefing: _none, ...before } = briefed;
    expect(briefAgent(before, []).events).toEqual([]);
    const contactFacts = { attempts: {}, messages: {}, earlier: earlierContact(porch) };
    expect(briefAgent({ ...before, contactFacts, instructions: shed }, []).events).toHaveLength(1);
  });
});

const earlierContact = (instructions: Instructions) => ({
  ...{ attempts: 1, unrungAttempts: 0, customerReached: true },
  instructions,
});
