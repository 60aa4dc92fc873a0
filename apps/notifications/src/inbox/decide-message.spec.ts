import fc from 'fast-check';
import type { Instructions } from '#libs/contracts/index.js';
import { decideOnAssignment, decideOnChange, decideOnEnd, type Brief, type MessageDecision } from './decide-message.js';

/** Distinguishable instructions: their complexity is the sequence of their event. */
const toInstructions = (sequence: number): Instructions => ({ complexity: sequence });

type DeliveryEvent = { kind: 'assigned' | 'changed' | 'ended'; sequence: number; agentId: string };

function decide(brief: Brief, { kind, sequence, agentId }: DeliveryEvent): MessageDecision {
  if (kind === 'ended') return decideOnEnd(brief, { sequence, agentId });
  if (kind === 'changed') return decideOnChange(brief, { sequence, agentId, instructions: toInstructions(sequence) });
  const window = { start: new Date(0), end: new Date(1) };
  const place = { customerName: 'Cara', position: [1, 2] as [number, number], window };
  return decideOnAssignment(brief, { sequence, agentId, ...place, instructions: toInstructions(sequence) });
}

/** The decisions that notify an agent, in the order of arrival. */
function notifyAll(arrivals: readonly DeliveryEvent[]): Extract<MessageDecision, { shouldNotify: true }>[] {
  let brief: Brief = {};
  return arrivals.flatMap((event) => {
    const decision = decide(brief, event);
    if (!decision.shouldNotify) return [];
    brief = decision.brief;
    return [decision];
  });
}

/**
 * Events of one delivery as routing emits them: assignments to one of three agents, and changes for the assigned agent.
 */
const events = fc
  .array(fc.record({ change: fc.boolean(), agent: fc.constantFrom('ana', 'ben', 'cem') }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps): DeliveryEvent[] => {
    let holder: string | undefined;
    return steps.map(({ change, agent }, index) => {
      const kind = change && holder !== undefined ? 'changed' : 'assigned';
      if (kind === 'assigned') holder = agent;
      return { kind, sequence: index + 1, agentId: holder ?? agent };
    });
  });

/** Events in which a delivery is withdrawn from one agent before the next one gets it. */
const eventsWithEnds = fc.array(fc.constantFrom('ana', 'ben', 'cem'), { minLength: 1, maxLength: 6 }).map((steps) => {
  const emitted: DeliveryEvent[] = [];
  let holder: string | undefined;
  for (const agent of steps) {
    const next: DeliveryEvent = {
      kind: holder === undefined ? 'assigned' : 'ended',
      sequence: emitted.length + 1,
      agentId: agent,
    };
    emitted.push(holder === undefined ? next : { ...next, agentId: holder });
    holder = holder === undefined ? agent : undefined;
  }
  return emitted;
});

const shuffledEvents = events.chain(shuffledTwice);

function shuffledTwice(
  emitted: DeliveryEvent[],
): fc.Arbitrary<{ emitted: DeliveryEvent[]; arrivals: DeliveryEvent[] }> {
  return fc
    .shuffledSubarray([...emitted, ...emitted], { minLength: emitted.length * 2, maxLength: emitted.length * 2 })
    .map((arrivals) => ({ emitted, arrivals }));
}

describe('the messages to the agents of a delivery', () => {
  it('end with the newest event for its agent, in any order of arrival and with duplicates', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ emitted, arrivals }) => {
        const newest = emitted.at(-1);
        const last = notifyAll(arrivals).at(-1);
        expect(last?.agentId).toBe(newest?.agentId);
        expect(last?.instructions).toEqual(toInstructions(newest?.sequence ?? 0));
      }),
    );
  });

  it('include the place at the end', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ arrivals }) => {
        expect(notifyAll(arrivals).at(-1)?.place).toBeDefined();
      }),
    );
  });

  it('never contain older instructions after newer ones', () => {
    fc.assert(
      fc.property(shuffledEvents, ({ arrivals }) => {
        const order = notifyAll(arrivals).map(({ instructions }) => instructions?.complexity ?? 0);
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

  it('tell each agent in the end whether they have the delivery, in any order of arrival', () => {
    fc.assert(
      fc.property(eventsWithEnds.chain(shuffledTwice), ({ emitted, arrivals }) => {
        let brief: Brief = {};
        const lastTo = new Map<string, DeliveryEvent['kind']>();
        for (const event of arrivals) {
          const decision = decide(brief, event);
          if (!decision.shouldNotify) continue;
          brief = decision.brief;
          lastTo.set(decision.agentId, event.kind);
        }
        const expected = new Map(emitted.map(({ agentId, kind }) => [agentId, kind]));
        expect([...lastTo].sort()).toEqual([...expected].sort());
      }),
    );
  });
});
