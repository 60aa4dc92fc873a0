import fc from 'fast-check';
import type { Instructions } from '#libs/contracts/index.js';
import { decideOnAssignment, decideOnChange, decideOnEnd, type Brief, type MessageDecision } from './decide-message.js';

/** Wishes that can be told apart: their complexity is the number of the event they come from. */
const wishes = (sequence: number): Instructions => ({ complexity: sequence });

type News = { kind: 'assigned' | 'changed' | 'ended'; sequence: number; agentId: string };

function decide(brief: Brief, { kind, sequence, agentId }: News): MessageDecision {
  if (kind === 'ended') return decideOnEnd(brief, { sequence, agentId });
  if (kind === 'changed') return decideOnChange(brief, { sequence, agentId, instructions: wishes(sequence) });
  const window = { start: new Date(0), end: new Date(1) };
  const place = { customerName: 'Cara', position: [1, 2] as [number, number], window };
  return decideOnAssignment(brief, { sequence, agentId, ...place, instructions: wishes(sequence) });
}

/** What each arrival leads to, in the order of arrival. */
function tellAll(arrivals: readonly News[]): Extract<MessageDecision, { tell: true }>[] {
  let brief: Brief = {};
  return arrivals.flatMap((news) => {
    const decision = decide(brief, news);
    if (!decision.tell) return [];
    brief = decision.brief;
    return [decision];
  });
}

/** A story as routing would tell it: assignments to one of three agents, changes told to whoever has it. */
const story = fc
  .array(fc.record({ change: fc.boolean(), agent: fc.constantFrom('ana', 'ben', 'cem') }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps): News[] => {
    let holder: string | undefined;
    return steps.map(({ change, agent }, index) => {
      const kind = change && holder !== undefined ? 'changed' : 'assigned';
      if (kind === 'assigned') holder = agent;
      return { kind, sequence: index + 1, agentId: holder ?? agent };
    });
  });

/** As since agents can lose a delivery again: taken from one before the next has it. */
const storyWithEnds = fc.array(fc.constantFrom('ana', 'ben', 'cem'), { minLength: 1, maxLength: 6 }).map((steps) => {
  const told: News[] = [];
  let holder: string | undefined;
  for (const agent of steps) {
    const next: News = { kind: holder === undefined ? 'assigned' : 'ended', sequence: told.length + 1, agentId: agent };
    told.push(holder === undefined ? next : { ...next, agentId: holder });
    holder = holder === undefined ? agent : undefined;
  }
  return told;
});

const arrivalsOf = story.chain(shuffledTwice);

function shuffledTwice(told: News[]): fc.Arbitrary<{ told: News[]; arrivals: News[] }> {
  return fc
    .shuffledSubarray([...told, ...told], { minLength: told.length * 2, maxLength: told.length * 2 })
    .map((arrivals) => ({ told, arrivals }));
}

describe('what an agent is told', () => {
  it('ends with the newest news for the right agent, whatever the order and however often it arrives', () => {
    fc.assert(
      fc.property(arrivalsOf, ({ told, arrivals }) => {
        const newest = told.at(-1);
        const last = tellAll(arrivals).at(-1);
        expect(last?.agentId).toBe(newest?.agentId);
        expect(last?.instructions).toEqual(wishes(newest?.sequence ?? 0));
      }),
    );
  });

  it('always includes where to go, by the end', () => {
    fc.assert(
      fc.property(arrivalsOf, ({ arrivals }) => {
        expect(tellAll(arrivals).at(-1)?.place).toBeDefined();
      }),
    );
  });

  it('never tells older wishes after newer ones', () => {
    fc.assert(
      fc.property(arrivalsOf, ({ arrivals }) => {
        const order = tellAll(arrivals).map(({ instructions }) => instructions?.complexity ?? 0);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('tells a late assignment with the wishes that overtook it', () => {
    const [, second] = tellAll([
      { kind: 'changed', sequence: 7, agentId: 'ana' },
      { kind: 'assigned', sequence: 5, agentId: 'ana' },
    ]);
    expect(second).toMatchObject({ agentId: 'ana', instructions: wishes(7), place: { customerName: 'Cara' } });
  });

  it('ignores a late assignment when the delivery is known to have gone to somebody else', () => {
    const told = tellAll([
      { kind: 'changed', sequence: 7, agentId: 'ana' },
      { kind: 'assigned', sequence: 5, agentId: 'ben' },
    ]);
    expect(told.map(({ agentId }) => agentId)).toEqual(['ana']);
  });

  it('leaves every agent knowing whether they have it, whatever the order', () => {
    fc.assert(
      fc.property(storyWithEnds.chain(shuffledTwice), ({ told, arrivals }) => {
        let brief: Brief = {};
        const lastTo = new Map<string, News['kind']>();
        for (const news of arrivals) {
          const decision = decide(brief, news);
          if (!decision.tell) continue;
          brief = decision.brief;
          lastTo.set(decision.agentId, news.kind);
        }
        const truth = new Map(told.map(({ agentId, kind }) => [agentId, kind]));
        expect([...lastTo].sort()).toEqual([...truth].sort());
      }),
    );
  });
});
