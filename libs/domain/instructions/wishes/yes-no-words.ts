import type { Term } from '../text/patterns.js';

/** The words for yes and no in one language, folded. */
export interface YesNoWords {
  /** Neither yes nor no: "not sure", "it depends". */
  readonly undecided: RegExp;
  /** Idioms that agree although they contain a "no": "no problem". */
  readonly yesIdioms: RegExp;
  /** Idioms that deny although they contain a word that agrees: "absolutely not". */
  readonly noIdioms: RegExp;
  /** Words that agree anywhere in a clause. */
  readonly yes: RegExp;
  /** Words that agree only at the beginning of a clause, because elsewhere they mean something else: "on the right". */
  readonly weakYes: RegExp;
  /** A "no" at the beginning or the end of a clause, which answers. Elsewhere it negates a word: "there is no dog". */
  readonly no: RegExp;
  /** Words that deny anywhere in a clause: "I won't be there". */
  readonly denial: RegExp;
  /** Words at the beginning of a clause that mean nothing: "well", "pues". */
  readonly fillers: RegExp;
  /** Words with which a phone is answered: "yes, hello" agrees to nothing. */
  readonly greeting: RegExp;
  /** A condition, to the end of its clause. What it names is not said to be so: "if I'm not home". */
  readonly condition: RegExp;
}

/** What may follow a "no" at the end of a clause, folded. */
export const POLITE_CLOSING: Term = / (?:please|thank you|thanks|por favor|gracias|senor|senorita|senora|joven)/;
