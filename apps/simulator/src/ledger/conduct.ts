/** What a customer does. `say` names a slot of the persona, or an utterance itself. */
export type Act =
  /** `confidence`: how sure the recogniser is, instead of what it would be. */
  | { readonly kind: 'say'; readonly slot: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  /** Presses the key that the prompt offers for what is wished, else `otherwise`. */
  | { readonly kind: 'press-for'; readonly wish: RegExp; readonly otherwise: string }
  | { readonly kind: 'silent' }
  /** Hangs up when this share of the prompt was heard (0 to 1), having said something first if `slot` is given. */
  | { readonly kind: 'hang-up'; readonly atShare: number; readonly slot?: string };

/** What happens when the phone is rung. Times are simulated milliseconds. */
export type RingOutcome =
  | { readonly kind: 'answers'; readonly afterMs: number }
  | { readonly kind: 'voicemail'; readonly afterMs: number; readonly greeting: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-answer' }
  /** The network knows no such subscriber. */
  | { readonly kind: 'unreachable' };

/** What a scripted customer does beyond a plain list of acts, as plain data that a ledger can keep. */
export interface Conduct {
  /** The first ring, the second …; the last repeats. */
  readonly rings?: readonly [RingOutcome, ...RingOutcome[]];
  /** `asked` is the source of a regular expression over what our side said. */
  readonly reactions?: readonly { readonly asked: string; readonly acts: readonly Act[] }[];
  /** Simulated ms before each answer. */
  readonly thinksMs?: number;
}
