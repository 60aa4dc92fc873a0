import type { SeededRandom } from '../support/seeded-random.js';
import type { Act, Behavior, Move, Ring } from './behavior.js';
import type { Fact } from './fact.js';
import { QUESTIONS, type Question } from './questions.js';

/** The input of a persona's decisions: randomness, and the window that its delivery may move to. */
export interface PersonaContext {
  readonly random: SeededRandom;
  readonly alternativeWindow: { readonly start: string; readonly end: string };
}

/** A customer's reply to the first text they receive. */
export interface TextAnswer {
  readonly body: string;
  readonly means: readonly Fact[];
  /** The answer to the text that asks the reply back. What the reply means counts once this is accepted. */
  readonly confirmation?: string;
}

export interface PersonaMoves {
  readonly behavior: Behavior;
  readonly text?: TextAnswer;
}

export interface Persona {
  readonly name: string;
  readonly description: string;
  /** The organization that the delivery belongs to; `day` by default. */
  readonly organization?: 'day' | 'codes' | 'closed';
  /** Lives where it is night, so that no call is lawful. */
  readonly atNight?: boolean;
  /** The delivery offers another window to choose. */
  readonly offersWindow?: boolean;
  /** Calls back after a missed call. */
  readonly callsBack?: boolean;
  /** No call may ever be placed. */
  readonly neverCalled?: boolean;
  readonly moves: (context: PersonaContext) => PersonaMoves;
}

export const press = (keys: string, ...means: Fact[]): Move => ({ act: { press: keys }, means });
export const say = (words: string, ...means: Fact[]): Move => ({ act: { say: words }, means });
export const hangUp = (share: number): Move => ({ act: { hangUp: share }, means: [] });
export const silent: Move = { act: { silent: true }, means: [] };

export const keyedFact = (field: Fact['field'], value: Fact['value']): Fact => ({ field, value, by: 'keys' });
export const spokenFact = (field: Fact['field'], value: Fact['value']): Fact => ({ field, value, by: 'words' });

export const PICKS_UP: Ring = { answersAfterMs: 3_000 };

type Answers = { readonly [Q in Question]?: Move | readonly Move[] };

/** The behavior of a customer who answers questions. Questions without an answer are confirmed by key. */
export function answering(
  answers: Answers,
  options: { readonly rings?: readonly Ring[]; readonly thinksMs?: number; readonly otherwise?: readonly Act[] } = {},
): Behavior {
  const defaults: Answers = {
    consent: press('1'),
    confirm: press('1'),
    // An unsure answer is asked once more.
    ...(answers.presence === undefined ? {} : { presenceCheck: answers.presence }),
  };
  return {
    rings: options.rings ?? [PICKS_UP],
    thinksMs: options.thinksMs ?? 600,
    otherwise: options.otherwise ?? [{ silent: true }],
    reactions: Object.entries({ ...defaults, ...answers }).map(([question, moves]) => ({
      asked: QUESTIONS[question as Question],
      moves: Array.isArray(moves) ? (moves as readonly Move[]) : [moves as Move],
    })),
  };
}

/** The behavior of a customer who never gets to answer a question. */
export const unreached = (...rings: Ring[]): Behavior => ({
  rings,
  reactions: [],
  otherwise: [{ silent: true }],
  thinksMs: 600,
});
