import type { Act, RingOutcome } from '../ledger/ledger.module.js';

export interface Reaction {
  /** Name of the rule, for the ledger and for counting. */
  readonly question: string;
  /** Recognises the question by words our side says. */
  readonly asked: RegExp;
  /** The first time, the second time …; the last repeats. */
  readonly acts: readonly Act[];
}

/** A scripted customer. */
export interface Persona {
  readonly name: string;
  readonly about: string;
  /** The first ring, the second …; the last repeats. */
  readonly rings: readonly [RingOutcome, ...RingOutcome[]];
  /** The utterance for each slot, unless the customer was given another. */
  readonly slots: Readonly<Record<string, string>>;
  readonly reactions: readonly Reaction[];
  /** What it does in turn when no question is recognised; then it stays silent. */
  readonly otherwise: readonly Act[];
  /** Twilio's error when a call or message to this number is created. */
  readonly refusedWith?: 21211 | 21215;
  /** How long it thinks before it answers, in simulated ms. */
  readonly thinksMs: number;
  /** Cuts in when this share of the prompt was heard, instead of waiting for its end. */
  readonly cutsInAt?: number;
}
