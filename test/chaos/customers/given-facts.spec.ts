import { call, EARLY_AFTERNOON_MS, plan } from '../testing/sample-evidence.js';
import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import { effectiveFacts } from '../personas/fact.js';
import { communicatedFacts } from './given-facts.js';

const PLACEMENT = 'Where should we leave it, or is another day better?';
const CONFIRM = 'So nobody will be there, and we leave it with a neighbor. Is that right?';

type Step = string | { readonly keys: string };

const conversation = (...steps: readonly Step[]): CarrierCall =>
  call({
    heard: steps.flatMap((step, seq) =>
      typeof step === 'string' ? [{ seq: seq + 1, at: EARLY_AFTERNOON_MS + seq, text: step }] : [],
    ),
    acts: steps.flatMap((step, seq) =>
      typeof step === 'string' ? [] : [{ seq: seq + 1, at: EARLY_AFTERNOON_MS + seq, ...step }],
    ),
  });

const analyzeConversation = (persona: string, ...steps: readonly Step[]) =>
  communicatedFacts(plan(persona), { calls: [conversation(...steps)], recordings: [], texts: [] }, []);

const givenFacts = (persona: string, ...steps: readonly Step[]) => analyzeConversation(persona, ...steps).given;

it('communicatedFacts treats a pressed key as given when the product asked the next question', () => {
  expect(givenFacts('keys_neighbor', PLACEMENT, { keys: '2' }, CONFIRM)).toEqual([
    expect.objectContaining({ field: 'safePlace', value: 'neighbour', by: 'keys', evidence: 'pressed 2 in call CA1' }),
  ]);
});

it.each([
  ['the line dropped', []],
  ['the product apologized', ['Sorry, we cannot go on with this call right now.']],
  ['the product repeated the question', [`Sorry, I didn't hear you. ${PLACEMENT}`]],
])('communicatedFacts does not treat a key as given after which %s', (_what, after) => {
  const { given, uncertain } = analyzeConversation('keys_neighbor', PLACEMENT, { keys: '2' }, ...after);
  expect(given).toEqual([]);
  expect(uncertain).toEqual([expect.objectContaining({ field: 'safePlace', value: 'neighbour' })]);
});

it('communicatedFacts keeps the last fact of each field, and prefers keys to words', () => {
  const facts = givenFacts(
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
  expect(effectiveFacts(facts).map(({ value }) => value)).toEqual(['neighbour']);
  const words = {
    field: 'safePlace',
    value: 'garage',
    by: 'words',
    at: EARLY_AFTERNOON_MS + 99,
    evidence: 'said',
  } as const;
  expect(effectiveFacts([...facts, words]).map(({ value }) => value)).toEqual(['neighbour']);
});

it('communicatedFacts treats a text as given if the product accepted it', () => {
  const texts = [{ phone: plan().phone, body: '2', acceptedAt: EARLY_AFTERNOON_MS }];
  const emptyLedger = { calls: [], recordings: [], texts: [] };
  expect(communicatedFacts(plan('texts_a_key'), emptyLedger, texts).given).toEqual([
    expect.objectContaining({ field: 'safePlace', value: 'neighbour', evidence: 'texted “2”' }),
  ]);
  expect(communicatedFacts(plan('texts_a_key'), emptyLedger, []).given).toEqual([]);
});

it('communicatedFacts treats a refusal by text as given once its confirmation is accepted', () => {
  const refuser = plan('refuses_by_text');
  const texts = ['I no longer want it. Please send it back.', 'YES'].map((body, index) => ({
    phone: refuser.phone,
    body,
    acceptedAt: EARLY_AFTERNOON_MS + index,
  }));
  const emptyLedger = { calls: [], recordings: [], texts: [] };
  expect(communicatedFacts(refuser, emptyLedger, texts.slice(0, 1)).given).toEqual([]);
  expect(communicatedFacts(refuser, emptyLedger, texts).given).toEqual([
    expect.objectContaining({ field: 'refused', value: true, evidence: 'texted “YES”' }),
  ]);
});
