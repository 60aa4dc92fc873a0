import type { Act, Conduct, RingOutcome } from '../ledger/ledger.module.js';
import type { Persona, Reaction } from './persona.js';
import { questions } from './questions.js';

const answers: RingOutcome = { kind: 'answers', afterMs: 4000 };
const say = (slot: string): Act => ({ kind: 'say', slot });
const press = (digits: string): Act => ({ kind: 'press', digits });
const pressFor = (wish: RegExp, otherwise: string): Act => ({ kind: 'press-for', wish, otherwise });
const hangUp = (atShare: number, slot?: string): Act => ({
  kind: 'hang-up',
  atShare,
  ...(slot === undefined ? {} : { slot }),
});
const on = (question: keyof typeof questions, ...acts: Act[]): Reaction => ({
  question,
  asked: questions[question],
  acts,
});

const woman = { record: 'yes-record', presence: 'not-home', instruction: 'leave-behind-planter', confirm: 'yes' };
const man = { record: 'yes-record-rms', presence: 'not-home-rms', instruction: 'leave-back-porch', confirm: 'yes-rms' };

const yesKey = pressFor(/\b(?:yes|right|correct|agree|ok|okay|confirm|record)\b/iu, '1');
const asPlannedKey = pressFor(/as planned|while you are (?:out|away)|none/iu, '2');

/**
 * How a speaking customer responds to each question. When other times are offered, they say where to leave the parcel.
 */
const talking = {
  mayRecord: on('mayRecord', say('record')),
  willBeHome: on('willBeHome', say('presence')),
  howToLeave: on('howToLeave', say('instruction')),
  whichTime: on('whichTime', say('instruction')),
  isThatRight: on('isThatRight', say('confirm')),
} as const;

/** A persona who speaks. `changed` replaces the acts for some questions. */
function talker(
  name: string,
  about: string,
  slots: Persona['slots'],
  changed: { readonly [Question in keyof typeof talking]?: readonly Act[] } = {},
  more: Partial<Persona> = {},
): Persona {
  const reactions = Object.values(talking).map((reaction) => {
    const acts = changed[reaction.question as keyof typeof talking];
    return acts === undefined ? reaction : { ...reaction, acts };
  });
  const otherwise = [say('instruction'), say('confirm')];
  return { name, about, rings: [answers], slots: { ...woman, ...slots }, reactions, otherwise, thinksMs: 700, ...more };
}

/** A persona who ignores the questions, unless `more` adds reactions. */
function simple(name: string, about: string, ring: RingOutcome, more: Partial<Persona> = {}): Persona {
  return { name, about, rings: [ring], slots: {}, reactions: [], otherwise: [], thinksMs: 700, ...more };
}

const list: readonly Persona[] = [
  talker('speaks_instructions', 'Will be out; wants the parcel on the back porch.', {}),
  talker('speaks_gate_code', 'Will be out; gives a gate code.', { ...man, instruction: 'leave-gate-code' }),
  talker('speaks_many_wishes', 'Will be out; a gate code, the back porch, a dog, and no ringing.', {
    ...man,
    instruction: 'many-wishes',
  }),
  talker('speaks_neighbour', 'Will be out; names a neighbor.', { instruction: 'leave-with-neighbour' }),
  talker(
    'speaks_after_six',
    'Will be in after six only.',
    { ...man, presence: 'not-home-after-six', instruction: 'home-after-six' },
    { whichTime: [asPlannedKey] },
  ),
  talker('will_be_home', 'Will be at home; asks not to ring the bell.', {
    presence: 'home',
    instruction: 'do-not-ring',
  }),
  {
    ...talker('presses_keys', 'Answers with the keypad only: out, leave it with a neighbor.', {}),
    slots: {},
    reactions: [
      on('mayRecord', yesKey),
      on('willBeHome', pressFor(/^(?:no|not|nobody)\b|won['’]?t/iu, '2')),
      on('howToLeave', pressFor(/neighbou?r/iu, '2'), pressFor(/nothing/iu, '1')),
      on('whichTime', asPlannedKey),
      on('isThatRight', yesKey),
    ],
    otherwise: [press('1'), press('1')],
  },
  simple('voicemail', 'A machine answers, greets, beeps and records.', {
    kind: 'voicemail',
    afterMs: 12_000,
    greeting: 'greeting-voicemail',
  }),
  simple('busy', 'The line is busy.', { kind: 'busy' }),
  talker('busy_first', 'Busy the first time, then speaks.', {}, {}, { rings: [{ kind: 'busy' }, answers] }),
  talker(
    'no_answer_first',
    'Does not pick up the first time, then speaks.',
    {},
    {},
    {
      rings: [{ kind: 'no-answer' }, answers],
    },
  ),
  simple('never_answers', 'Never picks up.', { kind: 'no-answer' }),
  talker(
    'hangs_up_halfway',
    'Says where to leave it and hangs up while it is read back.',
    {},
    {},
    { reactions: [on('readBack', hangUp(0.5)), ...Object.values(talking)], otherwise: [hangUp(0.6)] },
  ),
  simple('hangs_up_at_once', 'Picks up and hangs up during the first words.', answers, { otherwise: [hangUp(0.2)] }),
  talker(
    'hangs_up_after_consent',
    'Answers whether the call may be recorded, and hangs up on the next question.',
    {},
    { willBeHome: [hangUp(0.3)] },
  ),
  talker(
    'leaves_message_and_hangs_up',
    'Hangs up right after saying where to leave it.',
    {},
    { howToLeave: [hangUp(1, 'instruction')] },
  ),
  talker(
    'asks_to_reschedule',
    'Wants another day and takes the first that is offered.',
    { presence: 'another-day', time: 'first-one' },
    { whichTime: [say('time')] },
  ),
  simple('opts_out_by_key', 'Presses 9 in the middle of the prompt: never call again.', answers, {
    otherwise: [press('9'), press('9'), press('9')],
    bargeInShare: 0.7,
  }),
  simple('opts_out_by_voice', 'Says that they do not want to be called.', answers, {
    slots: { wish: 'stop-calling', confirm: 'yes-rms' },
    reactions: [on('isThatRight', say('confirm'))],
    otherwise: [say('wish'), say('wish'), say('wish')],
  }),
  talker('asks_to_repeat', 'Asks once to hear it again, then answers.', man, {
    willBeHome: [say('repeat'), say('presence')],
  }),
  talker('asks_to_wait', 'Asks for a moment, then answers.', {}, { willBeHome: [say('wait'), say('presence')] }),
  talker('mumbles_first', 'Is not understood the first time.', {}, { willBeHome: [say('mumble'), say('presence')] }),
  talker(
    'call_screener',
    'A screener asks who is calling before it lets the customer answer.',
    {},
    { mayRecord: [say('who-is-calling'), say('record')], willBeHome: [say('who-is-calling'), say('presence')] },
  ),
  talker('wants_a_person', 'Asks for a human.', man, { willBeHome: [say('human')], howToLeave: [say('human')] }),
  talker(
    'in_a_hurry',
    'Knows the call: cuts into every question with a short answer. For benchmarks, which need short calls and recordings.',
    { instruction: 'leave-back-porch' },
    {},
    { bargeInShare: 0.1, thinksMs: 200 },
  ),
  simple('silent', 'Picks up and says nothing at all.', answers),
  simple('unreachable', 'The number does not exist in the network.', { kind: 'unreachable' }),
  simple('invalid_number', 'Creating the call is refused with 21211.', { kind: 'unreachable' }, { refusedWith: 21211 }),
  simple('geo_blocked', 'Creating the call is refused with 21215.', { kind: 'unreachable' }, { refusedWith: 21215 }),
  simple('dispatcher', 'A colleague to whom calls are transferred.', answers, {
    slots: { hello: 'dispatcher-hello' },
    otherwise: [say('hello')],
  }),
];

/** All personas, by name. */
export const personas: ReadonlyMap<string, Persona> = new Map(list.map((persona) => [persona.name, persona]));

export const SCRIPTED = 'scripted';

/**
 * Creates a persona who follows a script: one act for each question without a reaction in `conduct`, and then silence.
 * @param conduct reactions to recognized questions, outcomes of rings, and the pause before a response
 */
export function createScriptedPersona(
  otherwise: readonly Act[],
  { rings, reactions = [], thinksMs }: Conduct = {},
): Persona {
  const persona = simple(
    SCRIPTED,
    'Follows the script they were given.',
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
