import fc from 'fast-check';
import type { Instructions } from '#libs/contracts/index.js';
import {
  decideOnAssignment,
  decideOnChange,
  decideOnEnd,
  type AssignmentSnapshot,
  type MessageDecision,
} from './decide-message.js';

/** Distinguishable instructions: their complexity is the sequence of their event. */
const toInstructions = (sequence: number): Instructions => ({ complexity: sequence });

type DeliveryEvent = { kind: 'assigned' | 'changed' | 'ended'; sequence: number; agentId: string };

function decide(snapshot: AssignmentSnapshot, { kind, sequence, agentId }: DeliveryEvent): MessageDecision {
  if (kind === 'ended') return decideOnEnd(snapshot, { sequence, agentId });
  if (kind === 'changed')
    return decideOnChange(snapshot, { sequence, agentId, instructions: toInstructions(sequence) });
  const window = { start: new Date(0), end: new Date(1) };
  return decideOnAssignment(snapshot, {
    sequence,
    agentId,
    customerName: 'Cara',
    position: [1, 2],
    window,
    instructions: toInstructions(sequence),
  });
}

/** Returns the decisions that notify an agent, in the order in which the events arrive. */
function notifyAll(arrivedEvents: readonly DeliveryEvent[]): Extract<MessageDecision, { shouldNotify: true }>[] {
  let snapshot: AssignmentSnapshot = {};
  return arrivedEvents.flatMap((event) => {
    const decision = decide(snapshot, event);
    if (!decision.shouldNotify) return [];
    snapshot = decision.snapshot;
    return [decision];
  });
}

/**
 * Events of one delivery as routing emits them: assignments to one of three agents, and changes for the assigned agent.
 */
const events = fc
  .array(fc.record({ isChange: fc.boolean(), agent: fc.constantFrom('ana', 'ben', 'cem') }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps): DeliveryEvent[] => {
    let assignedAgent: string | undefined;
    return steps.map(({ isChange, agent }, index) => {
      const kind = isChange && assignedAgent !== undefined ? 'changed' : 'assigned';
      if (kind === 'assigned') assignedAgent = agent;
      return { kind, sequence: index + 1, agentId: assignedAgent ?? agent };
    });
  });

/** Events in which a delivery is withdrawn from one agent before the next one gets it. */
const eventsWithEnds = fc.array(fc.constantFrom('ana', 'ben', 'cem'), { minLength: 1, maxLength: 6 }).map((steps) => {
  const emittedEvents: DeliveryEvent[] = [];
  let assignedAgent: string | undefined;
  for (const agent of steps) {
    const nextEvent: DeliveryEvent = {
      kind: assignedAgent === undefined ? 'assigned' : 'ended',
      sequence: emittedEvents.length + 1,
      agentId: agent,
    };
    emittedEvents.push(assignedAgent === undefined ? nextEvent : { ...nextEvent, agentId: assignedAgent });
    assignedAgent = assignedAgent === undefined ? agent : undefined;
  }
  return emittedEvents;
});

const shuffledEvents = events.chain(shuffledTwice);

function shuffledTwice(
  emittedEvents: DeliveryEvent[],
): fc.Arbitrary<{ emittedEvents: DeliveryEvent[]; arrivedEvents: DeliveryEvent[] }> {
  return fc
    .shuffledSubarray([...emittedEvents, ...emittedEvents], {
      minLength: emittedEvents.length * 2,
      maxLength: emittedEvents.length * 2,
    })
    .map((arrivedEvents) => ({ emittedEvents, arrivedEvents }));
}

describe('the messages to the agents of a delivery', () => {
  it('end with the newest event for its agent, in any order of arrival and with duplicate events', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ emittedEvents, arrivedEvents }) => {
        const newestEvent = emittedEvents.at(-1);
        const lastDecision = notifyAll(arrivedEvents).at(-1);
        expect(lastDecision?.agentId).toBe(newestEvent?.agentId);
        expect(lastDecision?.instructions).toEqual(toInstructions(newestEvent?.sequence ?? 0));
      }),
    );
  });

  it('include the place in the last message', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ arrivedEvents }) => {
        expect(notifyAll(arrivedEvents).at(-1)?.place).toBeDefined();
      }),
    );
  });

  it('never contain older instructions after newer ones', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ arrivedEvents }) => {
        const order = notifyAll(arrivedEvents).map(({ instructions }) => instructions?.complexity ?? 0);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('include a late assignment with the newer instructions that overtook it', () => {
    const [, second] = notifyAll([
      { kind: 'changed', sequence: 7, agentId: 'ana' },
      { kind: 'assigned', sequence: 5, agentId: 'ana' },
    ]);
    expect(second).toMatchObject({ agentId: 'ana', instructions: toInstructions(7), place: { customerName: 'Cara' } });
  });

  it('omit a late assignment if the delivery is known to be assigned to another agent', () => {
    const decisions = notifyAll([
      { kind: 'changed', sequence: 7, agentId: 'ana' },
      { kind: 'assigned', sequence: 5, agentId: 'ben' },
    ]);
    expect(decisions.map(({ agentId }) => agentId)).toEqual(['ana']);
  });

  it('end, for each agent, with whether they have the delivery, in any order of arrival', () => {
    fc.assert(
      fc.property(eventsWithEnds.chain(shuffledTwice), ({ emittedEvents, arrivedEvents }) => {
        let snapshot: AssignmentSnapshot = {};
        const lastKindByAgent = new Map<string, DeliveryEvent['kind']>();
        for (const event of arrivedEvents) {
          const decision = decide(snapshot, event);
          if (!decision.shouldNotify) continue;
          snapshot = decision.snapshot;
          lastKindByAgent.set(decision.agentId, event.kind);
        }
        const expected = new Map(emittedEvents.map(({ agentId, kind }) => [agentId, kind]));
        expect([...lastKindByAgent].sort()).toEqual([...expected].sort());
      }),
    );
  });
});
