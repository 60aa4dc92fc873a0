import { personas } from './personas.js';
import { EMPTY_MEMORY, findOfferedKeys, react, type Memory } from './react.js';

const getPersona = (name: string) => personas.get(name) ?? fail(`There is no persona ${name}.`);
const fail = (message: string): never => {
  throw new Error(message);
};

describe('react', () => {
  it('responds to the last question of the prompt', () => {
    const prompt =
      'So nobody will be there, and we leave it at the front door; where should we leave it? Is that right?';
    expect(react(getPersona('speaks_instructions'), EMPTY_MEMORY, prompt)).toMatchObject({
      question: 'isThatRight',
      response: { kind: 'say', slot: 'confirm' },
    });
  });

  it('uses its acts in order when a question is repeated, and repeats the last one', () => {
    let memory: Memory = EMPTY_MEMORY;
    const responses = [1, 2, 3].map(() => {
      const reaction = react(
        getPersona('asks_to_repeat'),
        memory,
        'Today, 2 to 4 PM: will somebody be there, or where should we leave it?',
      );
      memory = reaction.memory;
      return reaction.response;
    });
    expect(responses).toEqual([
      { kind: 'say', slot: 'repeat' },
      { kind: 'say', slot: 'presence' },
      { kind: 'say', slot: 'presence' },
    ]);
  });

  it('falls back to the other acts in order if it recognizes no question, and then stays silent', () => {
    let memory: Memory = EMPTY_MEMORY;
    const responses = [1, 2, 3].map(() => {
      const reaction = react(getPersona('speaks_instructions'), memory, 'Lovely weather.');
      memory = reaction.memory;
      return reaction.response;
    });
    expect(responses).toEqual([
      { kind: 'say', slot: 'instruction' },
      { kind: 'say', slot: 'confirm' },
      { kind: 'silent' },
    ]);
  });

  it('presses the key that the prompt offers for the option it wants', () => {
    const prompt = 'Where should we leave it? Press 1 for the front door, 3 for a neighbor, or 4 for another place.';
    expect(react(getPersona('presses_keys'), EMPTY_MEMORY, prompt).response).toEqual({ kind: 'press', digits: '3' });
  });
});

describe('findOfferedKeys', () => {
  it.each([
    [
      'Press 1 if that is right, or 2 if not.',
      [
        ['1', 'if that is right'],
        ['2', 'if not'],
      ],
    ],
    [
      'Say yes or press 1, or say no or press 2.',
      [
        ['1', 'yes'],
        ['2', 'no'],
      ],
    ],
    [
      'Press 1 if somebody will be there, 2 if nobody will, or 5 for another day. Or just say where to leave it.',
      [
        ['1', 'if somebody will be there'],
        ['2', 'if nobody will'],
        ['5', 'for another day'],
      ],
    ],
    [
      'For a neighbor, press two. To hear it again, press star.',
      [
        ['2', 'For a neighbor'],
        ['*', 'To hear it again'],
      ],
    ],
    [
      'Press 1 to leave it, 2 for a neighbor, 3 for another place, or just say it.',
      [
        ['1', 'to leave it'],
        ['2', 'for a neighbor'],
        ['3', 'for another place, or just say it'],
      ],
    ],
    ['We come between 9 and 11, 2 for sure.', []],
    ['Press 9 at any time to stop these calls.', [['9', 'at any time to stop these calls']]],
  ])('finds the keys in "%s"', (prompt, expected) => {
    expect(findOfferedKeys(prompt).map(({ key, meaning }) => [key, meaning])).toEqual(expected);
  });
});

describe('the personas', () => {
  it('use only slots that they have', () => {
    for (const { name, reactions, otherwise, slots } of personas.values()) {
      const acts = [...reactions.flatMap((reaction) => reaction.acts), ...otherwise];
      const directUtterances = new Set(['repeat', 'wait', 'mumble', 'who-is-calling', 'human']);
      const unknownSlots = acts.flatMap((act) =>
        act.kind === 'say' && !(act.slot in slots) && !directUtterances.has(act.slot) ? [act.slot] : [],
      );
      expect({ name, unknownSlots }).toEqual({ name, unknownSlots: [] });
    }
  });
});
