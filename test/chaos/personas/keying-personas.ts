import type { SeededRandom } from '../support/seeded-random.js';
import { answering, hangUp, keyedFact, PICKS_UP, press, say, silent, type Persona } from './persona.js';
import type { Move } from './behavior.js';

const WILL_BE_HOME = press('1', keyedFact('present', true));
const WILL_BE_OUT = press('2', keyedFact('present', false));
const ANOTHER_DAY = press('5');
const FRONT_DOOR = press('1', keyedFact('safePlace', 'front_door'));
const NEIGHBOR = press('2', keyedFact('safePlace', 'neighbour'));
const NOTHING_MORE = press('1');
const FINISHED = press('1');

const pickPlace = (random: SeededRandom): Move => random.pick([FRONT_DOOR, NEIGHBOR]);
const createCode = (random: SeededRandom): string => String(random.integer(2_000, 9_999));

/** Customers who answer with the keypad. */
export const KEYING_PERSONAS: readonly Persona[] = [
  {
    name: 'home_by_key',
    description: 'keys that someone will be there',
    moves: ({ random }) => ({
      behavior: answering({ presence: WILL_BE_HOME, placement: pickPlace(random), instructions: NOTHING_MORE }),
    }),
  },
  {
    name: 'keys_neighbor',
    description: 'keys that no one will be there, and the neighbor',
    moves: () => ({ behavior: answering({ presence: WILL_BE_OUT, placement: NEIGHBOR, instructions: NOTHING_MORE }) }),
  },
  {
    name: 'keys_front_door',
    description: 'keys that no one will be there, and the front door',
    moves: () => ({
      behavior: answering({ presence: WILL_BE_OUT, placement: FRONT_DOOR, instructions: NOTHING_MORE }),
    }),
  },
  {
    name: 'keys_code',
    description: 'keys their own gate code when asked for one',
    organization: 'codes',
    moves: ({ random }) => {
      const code = createCode(random);
      return {
        behavior: answering({
          presence: WILL_BE_OUT,
          placement: FRONT_DOOR,
          instructions: NOTHING_MORE,
          code: press(`${code}#`, keyedFact('accessCode', code)),
        }),
      };
    },
  },
  {
    name: 'reschedules_by_key',
    description: 'keys the other window that is offered',
    offersWindow: true,
    moves: ({ alternativeWindow: { start } }) => ({
      behavior: answering({ presence: ANOTHER_DAY, slots: press('1', keyedFact('reschedule', start)) }),
    }),
  },
  {
    name: 'opts_out_by_key',
    description: 'presses 9 at the first question',
    moves: () => {
      const stop = press('9', keyedFact('optOut', true));
      return { behavior: answering({ consent: stop, presence: stop }) };
    },
  },
  {
    name: 'busy_first',
    description: 'is busy at the first ring, then keys',
    moves: ({ random }) => ({
      behavior: answering(
        { presence: WILL_BE_OUT, placement: pickPlace(random), instructions: NOTHING_MORE },
        { rings: ['busy', PICKS_UP] },
      ),
    }),
  },
  {
    name: 'changes_mind',
    description: 'keys the front door, rejects the readback, and keys the neighbor',
    moves: () => ({
      behavior: answering({
        presence: WILL_BE_OUT,
        placement: [FRONT_DOOR, NEIGHBOR],
        instructions: NOTHING_MORE,
        confirm: [press('2'), FINISHED],
      }),
    }),
  },
  {
    name: 'hangs_up_early',
    description: 'hangs up during the greeting, every time',
    moves: () => ({ behavior: answering({ consent: hangUp(0.3), presence: hangUp(0.3) }) }),
  },
  {
    name: 'drops_after_place',
    description: 'keys presence and place and hangs up during the readback',
    moves: ({ random }) => ({
      behavior: answering({
        presence: WILL_BE_OUT,
        placement: pickPlace(random),
        instructions: NOTHING_MORE,
        confirm: hangUp(0.5),
      }),
    }),
  },
  {
    name: 'asks_for_a_person',
    description: 'presses 0 for a person',
    moves: () => ({ behavior: answering({ presence: press('0', keyedFact('needsHuman', true)) }) }),
  },
  {
    name: 'rings_back',
    description: 'does not pick up, calls back at once and keys',
    callsBack: true,
    moves: ({ random }) => ({
      behavior: answering(
        { presence: WILL_BE_OUT, placement: pickPlace(random), instructions: NOTHING_MORE },
        { rings: ['no-answer'] },
      ),
    }),
  },
  {
    name: 'slow_speaker',
    description: 'thinks almost until the question is over',
    moves: ({ random }) => ({
      behavior: answering(
        { presence: WILL_BE_OUT, placement: pickPlace(random), instructions: NOTHING_MORE },
        { thinksMs: 4_500 },
      ),
    }),
  },
  {
    name: 'call_screening',
    description: 'has a screener ask who is calling, then keys',
    moves: ({ random }) => ({
      behavior: answering({
        consent: [say('Who is calling, please?'), press('1')],
        presence: [say('Who is calling, please?'), WILL_BE_OUT],
        placement: pickPlace(random),
        instructions: NOTHING_MORE,
      }),
    }),
  },
  {
    name: 'silent',
    description: 'picks up and says nothing',
    moves: () => ({ behavior: answering({ consent: silent, presence: silent, placement: silent, confirm: silent }) }),
  },
];
