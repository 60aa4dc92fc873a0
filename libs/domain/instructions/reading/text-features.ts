import { combine, hashText } from './hashes.js';
import { isNegation, type Sentence } from './sentence.js';

const QUESTIONS = { open: 1, availability: 2, instructions: 3 } as const;
const EDGE = hashText('<edge>');
/** Maximum distance, in tokens, of two words of a clause that form a pair feature. */
const PAIR_REACH = 6;

/**
 * 0: single words. 1: pairs. 2: longer sequences. Training drops whole families, so that single words get weights, too.
 */
export type FeatureFamily = 0 | 1 | 2;

/** Emits the features of a whole text, from which its intents are classified. */
export function emitTextFeatures(sentence: Sentence, emit: (feature: number, family: FeatureFamily) => void): void {
  const { words, spellings, classes, clauses, tokens, question } = sentence;
  const count = tokens.length;
  const q = QUESTIONS[question];
  let template = 1;
  const one = (a: number): void => emit(combine(template, a), 0);
  const two = (a: number, b: number): void => emit(combine(combine(template, a), b), SINGLE.has(template) ? 0 : 1);
  const three = (a: number, b: number, c: number): void =>
    emit(combine(combine(combine(template, a), b), c), template === 31 ? 1 : 2);
  one(q);
  template = 2;
  two(q, Math.min(count, 8));
  if (count <= 5) {
    let whole = count;
    for (const word of words) whole = combine(whole, word);
    template = 3;
    one(whole);
    template = 4;
    two(whole, q);
  }
  let clause = -1;
  let negated = 0;
  for (let at = 0; at < count; at += 1) {
    if (clauses[at] !== clause) {
      clause = clauses[at] ?? 0;
      negated = 0;
    }
    const word = words[at] ?? EDGE;
    const next = words[at + 1] ?? EDGE;
    const afterNext = words[at + 2] ?? EDGE;
    const own = classes[at] ?? NO_CLASSES;
    template = 10;
    one(word);
    template = 11;
    one(spellings[at] ?? 0);
    template = 12;
    two(word, negated);
    template = 13;
    one(hashText((tokens[at]?.text ?? '').slice(0, 5)));
    template = 14;
    two(word, next);
    template = 15;
    three(word, next, afterNext);
    template = 16;
    two(combine(word, next), combine(afterNext, words[at + 3] ?? EDGE));
    if (at === 0) {
      template = 17;
      two(word, next);
      template = 18;
      two(word, q);
    }
    for (const kind of own) {
      template = 20;
      two(kind, negated);
      template = 21;
      for (const other of classes[at + 1] ?? NO_CLASSES) {
        two(kind, other);
        template = 22;
        for (const third of classes[at + 2] ?? NO_CLASSES) three(kind, other, third);
        template = 21;
      }
      template = 23;
      two(kind, next);
      template = 24;
      two(words[at - 1] ?? EDGE, kind);
    }
    for (let ahead = 2; ahead <= PAIR_REACH && clauses[at + ahead] === clause; ahead += 1) {
      template = 30;
      two(word, words[at + ahead] ?? EDGE);
      template = 31;
      for (const kind of own) for (const other of classes[at + ahead] ?? NO_CLASSES) three(kind, other, negated);
      template = 32;
      for (const other of classes[at + ahead] ?? NO_CLASSES) two(word, other);
      template = 33;
      for (const kind of own) two(kind, words[at + ahead] ?? EDGE);
    }
    if (isNegation(own)) negated = 1;
  }
}

const NO_CLASSES: readonly number[] = [];
/** Feature templates of a word and a property that is not a word. */
const SINGLE: ReadonlySet<number> = new Set([2, 4, 12, 18, 20]);
