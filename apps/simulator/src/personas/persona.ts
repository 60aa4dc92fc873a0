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

export interface Reaction {
  /** Name of the rule, for the ledger and for counting. */
  readonly question: string;
  /** Recognises the question by words our side says. */
  readonly asked: RegExp;
  /** The first time, the second time …; the last repeats. */
  readonly acts: readonly Act[];
}

/** What happens when the phone is rung. Times are simulated milliseconds. */
export type RingOutcome =
  | { readonly kind: 'answers'; readonly afterMs: number }
  | { readonly kind: 'voicemail'; readonly afterMs: number; readonly greeting: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-answer' }
  /** The network knows no such subscriber. */
  | { readonly kind: 'unreachable' };

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

/** What a scripted customer does beyond a plain list of acts, as plain data that a ledger can keep. */
export interface Conduct {
  /** The first ring, the second …; the last repeats. */
  readonly rings?: readonly [RingOutcome, ...RingOutcome[]];
  /** `asked` is the source of a regular expression over what our side said. */
  readonly reactions?: readonly { readonly asked: string; readonly acts: readonly Act[] }[];
  /** Simulated ms before each answer. */
  readonly thinksMs?: number;
}
