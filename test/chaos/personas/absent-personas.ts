import { answering, keyedFact, press, spokenFact, unreached, type Persona } from './persona.js';

const VOICEMAIL = { voicemailAfterMs: 8_000 };

/** Customers whom a call does not or must not reach. */
export const ABSENT_PERSONAS: readonly Persona[] = [
  { name: 'no_answer', description: 'never picks up', moves: () => ({ behavior: unreached('no-answer') }) },
  { name: 'voicemail', description: 'has an answering machine', moves: () => ({ behavior: unreached(VOICEMAIL) }) },
  {
    name: 'unreachable',
    description: 'has a number that the network does not know',
    moves: () => ({ behavior: unreached('unreachable') }),
  },
  {
    name: 'texts_a_key',
    description: 'has an answering machine, and replies 2 (the neighbor) to the text',
    moves: () => ({
      behavior: unreached(VOICEMAIL),
      text: { body: '2', means: [keyedFact('safePlace', 'neighbour')] },
    }),
  },
  {
    name: 'texts_words',
    description: 'has an answering machine, and replies to the text in words',
    moves: ({ random }) => {
      const [place, value] = random.pick([
        ['in the shed', 'shed'],
        ['in the garage', 'garage'],
        ['on the porch', 'porch'],
      ] as const);
      return {
        behavior: unreached(VOICEMAIL),
        text: { body: `Please leave it ${place}.`, means: [spokenFact('safePlace', value)] },
      };
    },
  },
  {
    name: 'refuses_by_text',
    description: 'has an answering machine, texts that they do not want the parcel, and confirms it when asked back',
    moves: () => ({
      behavior: unreached(VOICEMAIL),
      text: {
        body: 'I no longer want it. Please send it back.',
        confirmation: 'YES',
        means: [spokenFact('refused', true)],
      },
    }),
  },
  {
    name: 'lives_in_the_night',
    description: 'lives where it is night: no call is lawful',
    atNight: true,
    neverCalled: true,
    moves: () => ({ behavior: answering({ presence: press('1', keyedFact('present', true)) }) }),
  },
  {
    name: 'outside_own_hours',
    description: 'belongs to an organization that does not call at this hour',
    organization: 'closed',
    neverCalled: true,
    moves: () => ({ behavior: answering({ presence: press('1', keyedFact('present', true)) }) }),
  },
];
