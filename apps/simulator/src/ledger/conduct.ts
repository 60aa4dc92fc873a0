/** One act of a customer. `slot` names a slot of the persona, or is an utterance itself. */
export type Act =
  /** `confidence` overrides the confidence of the recognition. */
  | { readonly kind: 'say'; readonly slot: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  /** Presses the key that the prompt offers for the wish, or else `otherwise`. */
  | { readonly kind: 'press-for'; readonly wish: RegExp; readonly otherwise: string }
  | { readonly kind: 'silent' }
  /** Hangs up after this share of the prompt (0 to 1), and says `slot` first if it is given. */
  | { readonly kind: 'hang-up'; readonly atShare: number; readonly slot?: string };

/** What happens when the phone rings. Times are simulated milliseconds. */
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
  /** `asked` is the source of a regular expression that is matched against our prompts. */
  readonly reactions?: readonly { readonly asked: string; readonly acts: readonly Act[] }[];
  /** Pause before each response, in simulated ms. */
  readonly thinksMs?: number;
}
