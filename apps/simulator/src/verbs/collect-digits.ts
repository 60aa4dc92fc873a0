/** How a Gather takes keys. */
export interface DigitRules {
  /** Ends at once after so many keys. */
  readonly numDigits: number | undefined;
  /** Any of these keys ends the input; empty: none does. */
  readonly finishOnKey: string;
}

export interface CollectedDigits {
  readonly digits: string;
  /** The key that ended it; empty when a count or silence did. */
  readonly finishedOnKey: string;
  /** Whether the Gather waits for its timeout before it goes on. */
  readonly endsBySilence: boolean;
  /** How many of the keys were pressed before it ended. */
  readonly keysUsed: number;
}

/** What a Gather makes of keys pressed one after the other. */
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
