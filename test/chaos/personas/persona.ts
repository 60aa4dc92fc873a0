import type { SeededRandom } from '../support/seeded-random.js';
import type { Act, Behavior, Move, Ring } from './behavior.js';
import type { Fact } from './fact.js';
import { QUESTIONS, type Question } from './questions.js';

/** What a persona knows before it decides what to do: randomness, and the window that its delivery may move to. */
export interface PersonaContext {
  readonly random: SeededRandom;
  readonly alternativeWindow: { readonly start: string; readonly end: string };
}

/** A text with which a customer answers the first text they get. */
export interface TextAnswer {
  readonly body: string;
  readonly means: readonly Fact[];
}

export interface PersonaMoves {
  readonly behavior: Behavior;
  readonly text?: TextAnswer;
}

export interface Persona {
  readonly name: string;
  readonly about: string;
  /** Organization the delivery belongs to: `day` by default. */
  readonly organization?: 'day' | 'codes' | 'closed';
  /** Lives where it is night: no call is lawful. */
  readonly atNight?: boolean;
  /** The delivery comes with another window to choose. */
  readonly offersWindow?: boolean;
  /** Calls us after a ring that they missed. */
  readonly callsBack?: boolean;
  /** No call may ever be made. */
  readonly neverCalled?: boolean;
  readonly moves: (context: PersonaContext) => PersonaMoves;
}

export const press = (keys: string, ...means: Fact[]): Move => ({ act: { press: keys }, means });
export const say = (words: string, ...means: Fact[]): Move => ({ act: { say: words }, means });
export const hangUp = (share: number): Move => ({ act: { hangUp: share }, means: [] });
export const silent: Move = { act: { silent: true }, means: [] };

export const keyed = (field: Fact['field'], value: Fact['value']): Fact => ({ field, value, by: 'keys' });
export const spoken = (field: Fact['field'], value: Fact['value']): Fact => ({ field, value, by: 'words' });

export const PICKS_UP: Ring = { answersAfterMs: 3_000 };

type Answers = { readonly [Q in Question]?: Move | readonly Move[] };

/** Somebody who answers questions; what is not named is answered with "yes, that is right" by key. */
export function answering(
  answers: Answers,
  more: { readonly rings?: readonly Ring[]; readonly thinksMs?: number; readonly otherwise?: readonly Act[] } = {},
): Behavior {
  const usual: Answers = { consent: press('1'), presenceConfirm: press('1'), confirm: press('1') };
  return {
    rings: more.rings ?? [PICKS_UP],
    thinksMs: more.thinksMs ?? 600,
    otherwise: more.otherwise ?? [{ silent: true }],
    reactions: Object.entries({ ...usual, ...answers }).map(([question, moves]) => ({
      asked: QUESTIONS[question as Question],
      moves: Array.isArray(moves) ? (moves as readonly Move[]) : [moves as Move],
    })),
  };
}

/** Somebody who never gets to answer anything. */
export const unreached = (...rings: Ring[]): Behavior => ({
  rings,
  reactions: [],
  otherwise: [{ silent: true }],
  thinksMs: 600,
});
