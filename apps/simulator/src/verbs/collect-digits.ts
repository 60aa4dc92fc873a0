/** The attributes of a Gather that end keypad input. */
export interface DigitRules {
  /** The input ends after this number of keys. */
  readonly numDigits: number | undefined;
  /** Each of these keys ends the input; empty if no key does. */
  readonly finishOnKey: string;
}

export interface CollectedDigits {
  readonly digits: string;
  /** The key that ended the input; empty if the number of keys or silence ended it. */
  readonly finishedOnKey: string;
  /** Whether only the Gather's timeout ends the input. */
  readonly endsBySilence: boolean;
  /** Number of keys pressed until the input ended. */
  readonly keysUsed: number;
}

/** Collects the keys that a Gather accepts from a sequence of pressed keys. */
export function collectDigits(keys: string, rules: DigitRules): CollectedDigits {
  let digits = '';
  for (const [index, key] of [...keys].entries()) {
    if (rules.finishOnKey.includes(key))
      return { digits, finishedOnKey: key, endsBySilence: false, keysUsed: index + 1 };
    digits += key;
    if (rules.numDigits !== undefined && digits.length >= rules.numDigits) {
      return { digits, finishedOnKey: '', endsBySilence: false, keysUsed: index + 1 };
    }
  }
  return { digits, finishedOnKey: '', endsBySilence: true, keysUsed: keys.length };
}
