import type { Act, Conduct, RingOutcome } from '../ledger/ledger.module.js';
import type { Persona, Reaction } from './persona.js';
import { questions } from './questions.js';

const PICKS_UP: RingOutcome = { kind: 'answers', afterMs: 4000 };
const say = (slot: string): Act => ({ kind: 'say', slot });
const press = (digits: string): Act => ({ kind: 'press', digits });
const pressFor = (option: RegExp, otherwise: string): Act => ({ kind: 'press-for', option, otherwise });
const hangUp = (atShare: number, slot?: string): Act => ({
  kind: 'hang-up',
  atShare,
  ...(slot === undefined ? {} : { slot }),
});
const whenAsked = (question: keyof typeof questions, ...acts: Act[]): Reaction => ({
  question,
  asked: questions[question],
  acts,
});

/** Slots with utterances in a woman's voice. */
const WOMAN_SLOTS = { record: 'yes-record', presence: 'not-home', instruction: 'leave-behind-planter', confirm: 'yes' };
/** Slots with utterances in a man's voice. */
const MAN_SLOTS = {
  record: 'yes-record-rms',
  presence: 'not-home-rms',
  instruction: 'leave-back-porch',
  confirm: 'yes-rms',
};

const PRESS_YES = pressFor(/\b(?:yes|right|correct|agree|ok|okay|confirm|record)\b/iu, '1');
const PRESS_AS_PLANNED = pressFor(/as planned|while you are (?:out|away)|none/iu, '2');

/**
 * The reactions of a customer who speaks. When other times are offered, they say where to leave the parcel instead.
 */
const SPOKEN_REACTIONS = {
  mayRecord: whenAsked('mayRecord', say('record')),
  willBeHome: whenAsked('willBeHome', say('presence')),
  howToLeave: whenAsked('howToLeave', say('instruction')),
  whichTime: whenAsked('whichTime', say('instruction')),
  isThatRight: whenAsked('isThatRight', say('confirm')),
} as const;

/** Creates a persona who speaks. `changedActs` replaces the acts for some questions. */
function createSpeaker(
  name: string,
  about: string,
  slots: Persona['slots'],
  changedActs: { readonly [Question in keyof typeof SPOKEN_REACTIONS]?: readonly Act[] } = {},
  overrides: Partial<Persona> = {},
): Persona {
  const reactions = Object.values(SPOKEN_REACTIONS).map((reaction) => {
    const acts = changedActs[reaction.question as keyof typeof SPOKEN_REACTIONS];
    return acts === undefined ? reaction : { ...reaction, acts };
  });
  const otherwise = [say('instruction'), say('confirm')];
  return {
    name,
    about,
    rings: [PICKS_UP],
    slots: { ...WOMAN_SLOTS, ...slots },
    reactions,
    otherwise,
    thinksMs: 700,
    ...overrides,
  };
}

/** Creates a persona who does not react to questions, unless `overrides` adds reactions. */
function createPersona(name: string, about: string, ring: RingOutcome, overrides: Partial<Persona> = {}): Persona {
  return { name, about, rings: [ring], slots: {}, reactions: [], otherwise: [], thinksMs: 700, ...overrides };
}

const PERSONAS: readonly Persona[] = [
  createSpeaker('speaks_instructions', 'Will not be at home; asks to leave the parcel on the back porch.', {}),
  createSpeaker('speaks_gate_code', 'Will not be at home; gives a gate code.', {
    ...MAN_SLOTS,
    instruction: 'leave-gate-code',
  }),
  createSpeaker(
    'speaks_many_wishes',
    'Will not be at home; gives a gate code, names the back porch, warns of a dog and asks not to ring the bell.',
    {
      ...MAN_SLOTS,
      instruction: 'many-wishes',
    },
  ),
  createSpeaker('speaks_neighbour', 'Will not be at home; asks to leave the parcel with a neighbor.', {
    instruction: 'leave-with-neighbour',
  }),
  createSpeaker(
    'speaks_after_six',
    'Will be at home only after six o’clock.',
    { ...MAN_SLOTS, presence: 'not-home-after-six', instruction: 'home-after-six' },
    { whichTime: [PRESS_AS_PLANNED] },
  ),
  createSpeaker(
    'will_be_home',
    'Will be at home; asks not to ring the bell.',
    { presence: 'home', instruction: 'do-not-ring' },
    { isThatRight: [say('instruction'), say('confirm')] },
  ),
  {
    ...createSpeaker(
      'presses_keys',
      'Answers by keypad only: will not be at home; leave the parcel with a neighbor.',
      {},
    ),
    slots: {},
    reactions: [
      whenAsked('mayRecord', PRESS_YES),
      whenAsked('willBeHome', pressFor(/^(?:no|not|nobody)\b|won['’]?t/iu, '2')),
      whenAsked('howToLeave', pressFor(/neighbou?r/iu, '2'), pressFor(/nothing/iu, '1')),
      whenAsked('whichTime', PRESS_AS_PLANNED),
      whenAsked('isThatRight', PRESS_YES),
    ],
    otherwise: [press('1'), press('1')],
  },
  createPersona('voicemail', 'An answering machine answers, plays its greeting, beeps and records.', {
    kind: 'voicemail',
    afterMs: 12_000,
    greeting: 'greeting-voicemail',
  }),
  createPersona('busy', 'The line is busy.', { kind: 'busy' }),
  createSpeaker(
    'busy_first',
    'Is busy at the first call. Answers the second call and gives instructions.',
    {},
    {},
    { rings: [{ kind: 'busy' }, PICKS_UP] },
  ),
  createSpeaker(
    'no_answer_first',
    'Does not answer the first call. Answers the second call and gives instructions.',
    {},
    {},
    {
      rings: [{ kind: 'no-answer' }, PICKS_UP],
    },
  ),
  createPersona('never_answers', 'Never answers.', { kind: 'no-answer' }),
  createSpeaker(
    'hangs_up_halfway',
    'Says where to leave the parcel and hangs up while the instructions are read back.',
    {},
    {},
    { reactions: [whenAsked('readBack', hangUp(0.5)), ...Object.values(SPOKEN_REACTIONS)], otherwise: [hangUp(0.6)] },
  ),
  createPersona('hangs_up_at_once', 'Answers and hangs up during the first prompt.', PICKS_UP, {
    otherwise: [hangUp(0.2)],
  }),
  createSpeaker(
    'hangs_up_after_consent',
    'Consents to the recording and hangs up during the next question.',
    {},
    { willBeHome: [hangUp(0.3)] },
  ),
  createSpeaker(
    'leaves_message_and_hangs_up',
    'Hangs up immediately after saying where to leave the parcel.',
    {},
    { howToLeave: [hangUp(1, 'instruction')] },
  ),
  createSpeaker(
    'asks_to_reschedule',
    'Asks for another day and accepts the first window that is offered.',
    { presence: 'another-day', time: 'first-one' },
    { whichTime: [say('time')] },
  ),
  createPersona('opts_out_by_key', 'Presses 9 during the prompt, which opts out of calls.', PICKS_UP, {
    otherwise: [press('9'), press('9'), press('9')],
    bargeInShare: 0.7,
  }),
  createPersona('opts_out_by_voice', 'Opts out of calls by saying so.', PICKS_UP, {
    slots: { wish: 'stop-calling', confirm: 'yes-rms' },
    reactions: [whenAsked('isThatRight', say('confirm'))],
    otherwise: [say('wish'), say('wish'), say('wish')],
  }),
  createSpeaker('asks_to_repeat', 'Asks once for the question to be repeated, then answers.', MAN_SLOTS, {
    willBeHome: [say('repeat'), say('presence')],
  }),
  createSpeaker('asks_to_wait', 'Asks once to wait, then answers.', {}, { willBeHome: [say('wait'), say('presence')] }),
  createSpeaker(
    'mumbles_first',
    'Does not know at first who will be there.',
    {},
    { willBeHome: [say('mumble'), say('presence')] },
  ),
  createSpeaker(
    'call_screener',
    'A call screener asks who is calling before the customer answers.',
    {},
    { mayRecord: [say('who-is-calling'), say('record')], willBeHome: [say('who-is-calling'), say('presence')] },
  ),
  createSpeaker('wants_a_person', 'Asks to speak with a person.', MAN_SLOTS, {
    willBeHome: [say('human')],
    howToLeave: [say('human')],
  }),
  createSpeaker(
    'in_a_hurry',
    'Barges in on every question with a short answer. For benchmarks, which need short calls and recordings.',
    { instruction: 'leave-back-porch' },
    {},
    { bargeInShare: 0.1, thinksMs: 200 },
  ),
  createPersona('silent', 'Answers and stays silent.', PICKS_UP),
  createPersona('unreachable', 'The carrier accepts the call, but the number does not exist: the call fails.', {
    kind: 'unreachable',
  }),
  createPersona(
    'invalid_number',
    'Creating a call fails with Twilio error 21211 (invalid “To” phone number).',
    { kind: 'unreachable' },
    { refusedWith: 21211 },
  ),
  createPersona(
    'geo_blocked',
    'Creating a call fails with Twilio error 21215 (geographic permission not enabled).',
    { kind: 'unreachable' },
    { refusedWith: 21215 },
  ),
  createPersona('dispatcher', 'A dispatcher, to whom calls are transferred.', PICKS_UP, {
    slots: { hello: 'dispatcher-hello' },
    otherwise: [say('hello')],
  }),
];

/** All personas, by name. */
export const personas: ReadonlyMap<string, Persona> = new Map(PERSONAS.map((persona) => [persona.name, persona]));

/** Name of the persona who follows a script. */
export const SCRIPTED = 'scripted';

/**
 * Creates a persona who follows a script: one act for each question without a reaction in `conduct`, and then silence.
 * @param conduct reactions to recognized questions, outcomes of rings, and the pause before a response
 */
export function createScriptedPersona(
  otherwise: readonly Act[],
  { rings, reactions = [], thinksMs }: Conduct = {},
): Persona {
  const persona = createPersona(
    SCRIPTED,
    'Follows the script of the request.',
    { kind: 'answers', afterMs: 500 },
    { otherwise },
  );
  return {
    ...persona,
    ...(rings === undefined ? {} : { rings }),
    ...(thinksMs === undefined ? {} : { thinksMs }),
    reactions: reactions.map(({ asked, acts }) => ({ question: asked, asked: new RegExp(asked, 'iu'), acts })),
  };
}
