import { call, NOON, plan } from '../testing/fabricate.js';
import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import { standingFacts } from '../personas/fact.js';
import { factsMadeKnown } from './given-facts.js';

const PLACEMENT = 'How should the driver hand it over? Press 1 to leave it at the front door, 2 for a neighbor.';
const CONFIRM = 'I have noted: leave it with a neighbor. Say yes or press 1 if that is right. Press 2 to change it.';

type Step = string | { readonly keys: string };

const conversation = (...steps: readonly Step[]): CarrierCall =>
  call({
    heard: steps.flatMap((step, seq) =>
      typeof step === 'string' ? [{ seq: seq + 1, at: NOON + seq, text: step }] : [],
    ),
    acts: steps.flatMap((step, seq) => (typeof step === 'string' ? [] : [{ seq: seq + 1, at: NOON + seq, ...step }])),
  });

const madeKnown = (persona: string, ...steps: readonly Step[]) =>
  factsMadeKnown(plan(persona), { calls: [conversation(...steps)], recordings: [], texts: [] }, []);

const factsOf = (persona: string, ...steps: readonly Step[]) => madeKnown(persona, ...steps).given;

it('takes a key for given when our side went on to something else', () => {
  expect(factsOf('keys_neighbor', PLACEMENT, { keys: '2' }, CONFIRM)).toEqual([
    expect.objectContaining({ field: 'safePlace', value: 'neighbour', by: 'keys', evidence: 'pressed 2 in call CA1' }),
  ]);
});

it.each([
  ['the line broke', []],
  ['our side apologized', ['Sorry, we cannot go on with this call right now.']],
  ['the same question came again', [`Sorry, I did not hear anything. ${PLACEMENT}`]],
])('does not take a key for given after which %s', (_what, after) => {
  const { given, uncertain } = madeKnown('keys_neighbor', PLACEMENT, { keys: '2' }, ...after);
  expect(given).toEqual([]);
  expect(uncertain).toEqual([expect.objectContaining({ field: 'safePlace', value: 'neighbour' })]);
});

it('lets the last of a field stand, and a key over words', () => {
  const facts = factsOf(
    'changes_mind',
    PLACEMENT,
    { keys: '1' },
    CONFIRM,
    { keys: '2' },
    PLACEMENT,
    { keys: '2' },
    CONFIRM,
  );
  expect(facts.map(({ value }) => value)).toEqual(['front_door', 'neighbour']);
  expect(standingFacts(facts).map(({ value }) => value)).toEqual(['neighbour']);
  const words = { field: 'safePlace', value: 'garage', by: 'words', at: NOON + 99, evidence: 'said' } as const;
  expect(standingFacts([...facts, words]).map(({ value }) => value)).toEqual(['neighbour']);
});

it('takes a text for given that our side accepted', () => {
  const texts = [{ phone: plan().phone, body: '2', acceptedAt: NOON }];
  const silent = { calls: [], recordings: [], texts: [] };
  expect(factsMadeKnown(plan('texts_a_key'), silent, texts).given).toEqual([
    expect.objectContaining({ field: 'safePlace', value: 'neighbour', evidence: 'texted “2”' }),
  ]);
  expect(factsMadeKnown(plan('texts_a_key'), silent, []).given).toEqual([]);
});
