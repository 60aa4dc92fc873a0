import type { Fact } from './fact.js';

/** An action of a customer on the phone, in the terms of the simulator's control API. */
export type Act =
  | { readonly press: string }
  | { readonly say: string }
  | { readonly silent: true }
  | { readonly hangUp: number; readonly say?: string };

/** An act, and the facts that it communicates. */
export interface Move {
  readonly act: Act;
  readonly means: readonly Fact[];
}

export interface Reaction {
  /** Source of a regular expression that is matched against what the product said. */
  readonly asked: string;
  /** The move for the first time the question is asked, for the second time, and so on; the last repeats. */
  readonly moves: readonly Move[];
}

export type Ring =
  'busy' | 'no-answer' | 'unreachable' | { readonly answersAfterMs: number } | { readonly voicemailAfterMs: number };

export interface Behavior {
  readonly rings: readonly Ring[];
  readonly reactions: readonly Reaction[];
  /** Acts for unrecognized questions, one after another. */
  readonly otherwise: readonly Act[];
  readonly thinksMs: number;
}

/** The body of `POST /simulator/customers` for one phone. */
export const toSimulatorCustomer = (phone: string, zone: string, behavior: Behavior): object => ({
  phone,
  persona: 'scripted',
  zone,
  script: behavior.otherwise,
  rings: behavior.rings,
  thinksMs: behavior.thinksMs,
  ...(behavior.reactions.length === 0
    ? {}
    : { reactions: behavior.reactions.map(({ asked, moves }) => ({ asked, acts: moves.map(({ act }) => act) })) }),
});

/** The reaction to the last recognized question of a prompt; the simulator chooses by the same rule. */
export function findReaction(prompt: string, { reactions }: Pick<Behavior, 'reactions'>): Reaction | undefined {
  let latest: { readonly at: number; readonly reaction: Reaction } | undefined;
  for (const reaction of reactions) {
    for (const match of prompt.matchAll(new RegExp(reaction.asked, 'giu'))) {
      const at = match.index + match[0].length;
      if (latest === undefined || at > latest.at) latest = { at, reaction };
    }
  }
  return latest?.reaction;
}
