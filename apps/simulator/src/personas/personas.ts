import type { Act, Persona, Reaction, RingOutcome } from './persona.js';
import { questions } from './questions.js';

const answers: RingOutcome = { kind: 'answers', afterMs: 4000 };
const say = (slot: string): Act => ({ kind: 'say', slot });
const pressFor = (wish: RegExp, otherwise: string): Act => ({ kind: 'press-for', wish, otherwise });
const on = (question: keyof typeof questions, ...acts: Act[]): Reaction => ({
  question,
  asked: questions[question],
  acts,
});

/** Somebody who answers everything by speaking. */
function talker(name: string, about: string, slots: Persona['slots'], rings: Persona['rings'] = [answers]): Persona {
  return {
    name,
    about,
    rings,
    slots: {
      record: 'yes-record',
      presence: 'not-home',
      instruction: 'leave-behind-planter',
      confirm: 'yes',
      time: 'tomorrow-afternoon-short',
      ...slots,
    },
    reactions: [
      on('mayRecord', say('record')),
      on('willBeHome', say('presence')),
      on('howToLeave', say('instruction')),
      on('whichTime', say('time')),
      on('isThatRight', say('confirm')),
      on('anythingElse', say('no')),
    ],
    otherwise: [say('instruction'), say('confirm')],
    thinksMs: 700,
  };
}

/** One who never gets to talk: only the ring matters. */
function ringOnly(name: string, about: string, ring: RingOutcome, more: Partial<Persona> = {}): Persona {
  return { name, about, rings: [ring], slots: {}, reactions: [], otherwise: [], thinksMs: 700, ...more };
}

const yesKey = pressFor(/\b(?:yes|right|correct|agree|ok|okay|confirm|record)/iu, '1');

const list: readonly Persona[] = [
  talker('speaks_instructions', 'Will be out; wants the parcel behind the flower pot.', {}),
  talker('speaks_gate_code', 'Will be out; gives a gate code.', {
    record: 'yes-record-rms',
    presence: 'not-home-rms',
    instruction: 'leave-gate-code',
    confirm: 'yes-rms',
  }),
  talker('speaks_neighbour', 'Will be out; names a neighbour.', { instruction: 'leave-with-neighbour' }),
  talker('speaks_after_six', 'Will be in after six only.', {
    record: 'yes-record-rms',
    presence: 'home-after-six',
    instruction: 'home-after-six',
    confirm: 'yes-rms',
  }),
  talker('will_be_home', 'Will be at home.', { presence: 'home', instruction: 'do-not-ring' }),
  {
    ...talker('presses_keys', 'Answers with the keypad only: out, leave it with a neighbour.', {}),
    reactions: [
      on('mayRecord', yesKey),
      on('willBeHome', pressFor(/\b(?:no|not|won['’]?t|away|out|else)\b/iu, '2')),
      on('howToLeave', pressFor(/neighbou?r/iu, '2')),
      on('whichTime', pressFor(/.*/u, '1')),
      on('isThatRight', yesKey),
    ],
    otherwise: [
      { kind: 'press', digits: '1' },
      { kind: 'press', digits: '1' },
    ],
  },
  ringOnly('voicemail', 'A machine answers, greets, beeps and records.', {
    kind: 'voicemail',
    afterMs: 12_000,
    greeting: 'greeting-voicemail',
  }),
  ringOnly('busy', 'The line is busy.', { kind: 'busy' }),
  talker('busy_first', 'Busy the first time, then speaks.', {}, [{ kind: 'busy' }, answers]),
  talker('no_answer_first', 'Does not pick up the first time, then speaks.', {}, [{ kind: 'no-answer' }, answers]),
  ringOnly('never_answers', 'Never picks up.', { kind: 'no-answer' }),
  {
    ...talker('hangs_up_halfway', 'Says where to leave it and hangs up during what comes next.', {}),
    reactions: [
      on('mayRecord', say('record')),
      on('willBeHome', say('presence')),
      on('howToLeave', say('instruction'), { kind: 'hang-up', atShare: 0.3 }),
      on('isThatRight', { kind: 'hang-up', atShare: 0.5 }),
      on('anythingElse', { kind: 'hang-up', atShare: 0.2 }),
    ],
    otherwise: [{ kind: 'hang-up', atShare: 0.6 }],
  },
  ringOnly('hangs_up_at_once', 'Picks up and hangs up during the first words.', answers, {
    otherwise: [{ kind: 'hang-up', atShare: 0.2 }],
  }),
  {
    ...talker('asks_to_reschedule', 'Wants another day.', {
      presence: 'tomorrow-afternoon',
      instruction: 'tomorrow-afternoon',
    }),
  },
  {
    ...talker('opts_out_by_key', 'Presses 9: never call again.', {}),
    reactions: [on('isThatRight', pressFor(/\b(?:yes|right|correct|confirm|sure)/iu, '1'))],
    otherwise: [
      { kind: 'press', digits: '9' },
      { kind: 'press', digits: '9' },
    ],
  },
  {
    ...talker('opts_out_by_voice', 'Says that they do not want to be called.', { confirm: 'yes-rms' }),
    slots: { wish: 'stop-calling', confirm: 'yes-rms' },
    reactions: [on('isThatRight', say('confirm'))],
    otherwise: [say('wish'), say('wish'), say('wish')],
  },
  {
    ...talker('asks_to_repeat', 'Asks once to hear it again, then answers.', {}),
    reactions: [
      on('mayRecord', say('record')),
      on('willBeHome', say('repeat'), say('presence')),
      on('howToLeave', say('instruction')),
      on('isThatRight', say('confirm')),
    ],
  },
  {
    ...talker('call_screener', 'A screener asks who is calling before it lets the customer answer.', {}),
    reactions: [
      on('mayRecord', say('who-is-calling'), say('record')),
      on('willBeHome', say('who-is-calling'), say('presence')),
      on('howToLeave', say('instruction')),
      on('isThatRight', say('confirm')),
    ],
  },
  {
    ...talker('wants_a_person', 'Asks for a human.', {}),
    reactions: [on('mayRecord', say('record'))],
    otherwise: [say('human'), say('human')],
  },
  ringOnly('silent', 'Picks up and says nothing at all.', answers),
  ringOnly('unreachable', 'The network knows no such subscriber.', { kind: 'unreachable' }),
  ringOnly(
    'invalid_number',
    'Creating the call is refused with 21211.',
    { kind: 'unreachable' },
    { refusedWith: 21211 },
  ),
  ringOnly('geo_blocked', 'Creating the call is refused with 21215.', { kind: 'unreachable' }, { refusedWith: 21215 }),
  {
    ...talker('dispatcher', 'A colleague to whom calls are transferred.', { hello: 'dispatcher-hello' }),
    reactions: [],
    otherwise: [say('hello')],
  },
];

/** The catalogue of personas by name. */
export const personas: ReadonlyMap<string, Persona> = new Map(list.map((persona) => [persona.name, persona]));
