import { combine, hashText } from './hashes.js';
import { isNegation, type Sentence } from './sentence.js';
import { indexOf } from './word-classes.js';

const EDGE = hashText('<edge>');
const QUESTIONS = { open: 1, availability: 2, instructions: 3 } as const;
/** Maximum distance, in tokens, of the context words of a token within its clause. */
const REACH = 10;
const VERBS = new Set(
  (
    [
      'come',
      'leave',
      'take',
      'call',
      'refuse',
      'move',
      'gone',
      'back',
      'work',
      'pickup',
      'stop',
      'be',
      'code',
      'person',
      'dog',
      'old',
    ] as const
  ).map(indexOf),
);

/** Emits the features of a token: hashes of its word, its classes and its context. */
export function emitTokenFeatures(sentence: Sentence, at: number, emit: (feature: number) => void): void {
  const { words, spellings, classes, clauses, tokens } = sentence;
  const count = tokens.length;
  const word = (offset: number): number => words[at + offset] ?? EDGE;
  const kinds = (offset: number): readonly number[] => classes[at + offset] ?? NO_CLASSES;
  let template = 0;
  const one = (a: number): void => emit(combine(template, a));
  const two = (a: number, b: number): void => emit(combine(combine(template, a), b));
  const three = (a: number, b: number, c: number): void => emit(combine(combine(combine(template, a), b), c));

  const text = tokens[at]?.text ?? '';
  template = 1;
  one(0);
  template = 2;
  one(word(0));
  template = 3;
  one(spellings[at] ?? 0);
  for (let length = 2; length <= 4; length += 1) {
    if (text.length <= length) break;
    template = 4;
    one(hashText(text.slice(0, length)));
    template = 5;
    one(hashText(text.slice(-length)));
  }
  template = 6;
  one(shapeOf(text));
  for (const offset of [-3, -2, -1, 1, 2, 3]) {
    template = 20 + offset;
    one(word(offset));
  }
  template = 30;
  two(word(-1), word(0));
  template = 31;
  two(word(0), word(1));
  template = 32;
  two(word(-2), word(-1));
  template = 33;
  two(word(1), word(2));
  template = 34;
  two(word(-1), word(1));
  template = 35;
  three(word(-2), word(-1), word(0));
  template = 36;
  three(word(0), word(1), word(2));
  template = 37;
  three(word(-3), word(-2), word(-1));
  template = 38;
  three(word(-1), word(0), word(1));
  for (const offset of [-3, -2, -1, 0, 1, 2, 3]) {
    template = 50 + offset;
    for (const kind of kinds(offset)) one(kind);
  }
  pairs(60, kinds(-1), kinds(0));
  pairs(61, kinds(0), kinds(1));
  pairs(62, kinds(-2), kinds(-1));
  pairs(63, kinds(1), kinds(2));
  pairs(64, kinds(-1), kinds(1));
  pairs(65, kinds(-2), kinds(0));
  for (const kind of kinds(0)) {
    template = 66;
    two(word(-1), kind);
    template = 67;
    two(kind, word(1));
    template = 68;
    three(word(-2), word(-1), kind);
  }
  for (const kind of kinds(-1)) {
    template = 69;
    two(kind, word(0));
  }

  const own = kinds(0);
  const shape = own[0] ?? 99;
  let verb = 0;
  let distance = 0;
  let negated = 0;
  let negatedBeforeVerb = 0;
  for (let back = 1; back <= REACH && at - back >= 0; back += 1) {
    if (clauses[at - back] !== clauses[at]) break;
    const there = kinds(-back);
    if (back >= 3) {
      template = 70;
      one(word(-back));
      template = 71;
      two(word(-back), shape);
    }
    for (const kind of there) {
      if (back >= 3) {
        template = 72;
        two(kind, shape);
      }
      if (verb === 0 && VERBS.has(kind)) {
        verb = kind + 1;
        distance = back;
      }
    }
    if (isNegation(there)) {
      if (verb === 0) negated = 1;
      else negatedBeforeVerb = 1;
    }
  }
  let verbAfter = 0;
  let negatedAfter = 0;
  for (let ahead = 1; ahead <= REACH && at + ahead < count; ahead += 1) {
    if (clauses[at + ahead] !== clauses[at]) break;
    const there = kinds(ahead);
    if (ahead >= 3) {
      template = 80;
      one(word(ahead));
      template = 81;
      two(word(ahead), shape);
    }
    for (const kind of there) {
      if (ahead >= 3) {
        template = 82;
        two(kind, shape);
      }
      if (verbAfter === 0 && VERBS.has(kind)) verbAfter = kind + 1;
    }
    if (isNegation(there)) negatedAfter = 1;
  }
  const negation = negated + 2 * negatedBeforeVerb;
  template = 90;
  two(verb, negation);
  template = 91;
  three(verb, negation, shape);
  template = 92;
  three(verbAfter, negatedAfter, shape);
  template = 93;
  three(verb, verbAfter, combine(negation + 4 * negatedAfter, shape));
  template = 94;
  three(verb, Math.min(distance, 4), shape);
  template = 95;
  three(verb, negation, word(0));

  const [opening, clauseBefore] = readOpening(sentence, at);
  template = 100;
  two(opening, shape);
  template = 101;
  three(opening, verb, combine(negation, shape));
  template = 102;
  three(clauseBefore, verb, combine(negation, shape));
  template = 103;
  two(QUESTIONS[sentence.question], shape);
  template = 104;
  two(Math.min(at, 3), shape);
  template = 105;
  two(Math.min(count - at, 3), shape);
  template = 106;
  two(count < 4 ? count : 4, combine(shape, QUESTIONS[sentence.question]));
  template = 107;
  one(words[0] ?? EDGE);

  function pairs(id: number, first: readonly number[], second: readonly number[]): void {
    template = id;
    for (const a of first) for (const b of second) two(a, b);
  }
}

const NO_CLASSES: readonly number[] = [];

/** The first word of the clause of a token, and the verb class and negation of the clause before it. */
function readOpening({ words, classes, clauses }: Sentence, at: number): [opening: number, before: number] {
  const clause = clauses[at] ?? 0;
  let start = at;
  while (start > 0 && clauses[start - 1] === clause) start -= 1;
  let verb = 0;
  let negated = 0;
  for (let index = start - 1; index >= 0 && index > start - 12 && clauses[index] === clause - 1; index -= 1) {
    for (const kind of classes[index] ?? NO_CLASSES) if (VERBS.has(kind)) verb = kind + 1;
    if (isNegation(classes[index] ?? NO_CLASSES)) negated = 1;
  }
  return [words[start] ?? EDGE, combine(verb, negated)];
}

function shapeOf(text: string): number {
  if (/^\d+$/.test(text)) return Math.min(text.length, 7);
  if (/^\d+:\d+$/.test(text)) return 10;
  if (/^\p{L}$/u.test(text)) return 11;
  return /^\p{L}/u.test(text) ? 12 : 13;
}
