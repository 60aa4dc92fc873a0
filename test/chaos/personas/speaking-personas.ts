import type { SeededRandom } from '../support/seeded-random.js';
import { answering, keyedFact, press, say, spokenFact, type Persona } from './persona.js';
import type { Move } from './behavior.js';

const YES = say('Yes, that is right.');
const WILL_BE_HOME = say('Yes, I will be home.', spokenFact('present', true));
const WILL_BE_OUT = say('No, I will not be home.', spokenFact('present', false));

/**
 * These words have no voice file, so the recording is silent and only speech recognition during the call hears them.
 */
const PLACES: readonly Move[] = [
  say('Please leave it in the garage.', spokenFact('safePlace', 'garage')),
  say('Please leave it in the shed.', spokenFact('safePlace', 'shed')),
  say('Please leave it at the back door.', spokenFact('safePlace', 'back_door')),
  say('Please put it on the porch.', spokenFact('safePlace', 'porch')),
  say('Please leave it at the front desk, with reception.', spokenFact('safePlace', 'reception')),
  say('Please give it to my neighbor.', spokenFact('safePlace', 'neighbour')),
];

/** Names of the simulator's voice files; their words are audible on the recording, too. */
const VOICES: readonly Move[] = [
  say('leave-garage', spokenFact('safePlace', 'garage')),
  say('leave-behind-planter', spokenFact('safePlace', 'porch')),
  say('leave-reception', spokenFact('safePlace', 'reception')),
  say('leave-next-door', spokenFact('safePlace', 'neighbour')),
  say('beware-of-dog', spokenFact('safePlace', 'shed'), spokenFact('hazard', 'dog')),
];

const DIGIT_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const spellDigits = (code: string): string => [...code].map((digit) => DIGIT_WORDS[Number(digit)]).join(' ');
const createCode = (random: SeededRandom): string => String(random.integer(2_000, 9_999));

/** Customers who answer by speaking. */
export const SPEAKING_PERSONAS: readonly Persona[] = [
  {
    name: 'home_by_speech',
    description: 'says that they will be home',
    moves: () => ({
      behavior: answering({
        consent: YES,
        presence: WILL_BE_HOME,
        placement: say('Nothing.'),
        instructions: say('Nothing.'),
        confirm: YES,
      }),
    }),
  },
  {
    name: 'speaks_place',
    description: 'says where to leave it',
    moves: ({ random }) => ({
      behavior: answering({ consent: YES, presence: WILL_BE_OUT, placement: random.pick(PLACES), confirm: YES }),
    }),
  },
  {
    name: 'speaks_on_recording',
    description: 'says where to leave it, audibly on the recording',
    moves: ({ random }) => ({
      behavior: answering({
        consent: say('yes-record'),
        presence: say('not-home', spokenFact('present', false)),
        placement: random.pick(VOICES),
        confirm: say('yes'),
      }),
    }),
  },
  {
    name: 'speaks_then_keys',
    description: 'says the garage, rejects the readback, and keys the neighbor',
    moves: () => ({
      behavior: answering({
        presence: WILL_BE_OUT,
        placement: [
          say('Please leave it in the garage.', spokenFact('safePlace', 'garage')),
          press('2', keyedFact('safePlace', 'neighbour')),
        ],
        instructions: press('1'),
        confirm: [press('2'), press('1')],
      }),
    }),
  },
  {
    name: 'speaks_code',
    description: 'says their own code when asked for one',
    organization: 'codes',
    moves: ({ random }) => {
      const code = createCode(random);
      return {
        behavior: answering({
          presence: press('2', keyedFact('present', false)),
          placement: press('1', keyedFact('safePlace', 'front_door')),
          instructions: press('1'),
          code: say(`The code is ${spellDigits(code)}.`, spokenFact('accessCode', code)),
        }),
      };
    },
  },
  {
    name: 'speaks_code_on_recording',
    description: 'says a gate code and the front door, audibly on the recording',
    moves: () => ({
      behavior: answering({
        consent: say('yes-record-rms'),
        presence: say('not-home-rms', spokenFact('present', false)),
        placement: say('leave-gate-code', spokenFact('accessCode', '4271'), spokenFact('safePlace', 'front_door')),
        confirm: say('yes-rms'),
      }),
    }),
  },
  {
    name: 'speaks_a_name',
    description: 'keys the neighbor and says which',
    moves: ({ random }) => {
      const name = random.pick(['Harper', 'Quinn', 'Morgan', 'Robinson', 'Sullivan', 'Whitaker']);
      const unit = random.integer(2, 98);
      return {
        behavior: answering({
          presence: WILL_BE_OUT,
          placement: press('2', keyedFact('safePlace', 'neighbour')),
          instructions: say(`It is Mrs. ${name} in number ${unit}.`, spokenFact('words', `${name} in number ${unit}`)),
        }),
      };
    },
  },
  {
    name: 'reschedules_by_speech',
    description: 'asks for another day and takes the first that is offered',
    offersWindow: true,
    moves: ({ alternativeWindow: { start } }) => ({
      behavior: answering({
        presence: say('I would like another day, please.'),
        slots: say('The first one, please.'),
        slotConfirm: say('Yes, that is right.', spokenFact('reschedule', start)),
      }),
    }),
  },
  {
    name: 'opts_out_by_speech',
    description: 'says that they do not want to be called',
    moves: () => {
      const stop = say('Please do not call me again.', spokenFact('optOut', true));
      return { behavior: answering({ consent: stop, presence: stop }) };
    },
  },
  {
    name: 'speaks_spanish',
    description: 'asks for Spanish and continues in Spanish',
    moves: ({ random }) => ({
      behavior: answering({
        consent: say('En español, por favor.'),
        presence: say('En español, por favor.'),
        consentInSpanish: say('Sí, está bien.'),
        presenceInSpanish: press('2', keyedFact('present', false)),
        placementInSpanish: random.pick([
          press('1', keyedFact('safePlace', 'front_door')),
          press('2', keyedFact('safePlace', 'neighbour')),
        ]),
        instructionsInSpanish: press('1'),
        confirmInSpanish: say('Sí, es correcto.'),
      }),
    }),
  },
];
