import type { Act, RingOutcome } from '../ledger/ledger.module.js';

/** The acts with which a persona reacts to one question. */
export interface Reaction {
  /** Name of the question, by which its occurrences are counted. */
  readonly question: string;
  /** Matches the question in DelAuto's prompts. */
  readonly asked: RegExp;
  /** The acts for the first time the question is asked, the second time and so on. The last one repeats. */
  readonly acts: readonly Act[];
}

/** The behavior of a simulated customer on the phone. */
export interface Persona {
  readonly name: string;
  /** Description for people who choose a persona. */
  readonly about: string;
  /** The outcomes of the first call, the second call and so on. The last one repeats. */
  readonly rings: readonly [RingOutcome, ...RingOutcome[]];
  /** The utterance for each slot, unless the customer overrides it. */
  readonly slots: Readonly<Record<string, string>>;
  readonly reactions: readonly Reaction[];
  /** Acts in order for prompts in which no question is recognized; after them, the persona stays silent. */
  readonly otherwise: readonly Act[];
  /** Twilio's error code with which calls and messages to this number are refused. */
  readonly refusedWith?: 21211 | 21215;
  /** Pause before a response, in simulated ms. */
  readonly thinksMs: number;
  /** Barges in after this share of the prompt (0 to 1), instead of waiting for its end. */
  readonly bargeInShare?: number;
}
