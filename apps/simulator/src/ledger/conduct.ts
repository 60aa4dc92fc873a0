/** One act of a customer. `slot` is the name of a slot of the persona, or an utterance. */
export type Act =
  /** `confidence` overrides the confidence of the recognition. */
  | { readonly kind: 'say'; readonly slot: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  /** Presses the key that the prompt offers for an option that matches `option`, or else `otherwise`. */
  | { readonly kind: 'press-for'; readonly option: RegExp; readonly otherwise: string }
  | { readonly kind: 'silent' }
  /** Hangs up after this share of the prompt (0 to 1), and says `slot` first if it is given. */
  | { readonly kind: 'hang-up'; readonly atShare: number; readonly slot?: string };

/** The outcome of a ring of the customer's phone. Times are simulated milliseconds. */
export type RingOutcome =
  | { readonly kind: 'answers'; readonly afterMs: number }
  | { readonly kind: 'voicemail'; readonly afterMs: number; readonly greeting: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-answer' }
  /** The number does not exist in the network. */
  | { readonly kind: 'unreachable' };

/** The behavior of a scripted customer beyond its list of acts, as plain data for the ledger. */
export interface Conduct {
  /** The outcomes of the first call, the second call and so on. The last one repeats. */
  readonly rings?: readonly [RingOutcome, ...RingOutcome[]];
  /** `asked` is the source of a regular expression that is matched against DelAuto's prompts. */
  readonly reactions?: readonly { readonly asked: string; readonly acts: readonly Act[] }[];
  /** Pause before each response, in simulated ms. */
  readonly thinksMs?: number;
}
