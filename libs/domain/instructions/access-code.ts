import { fold } from './fold.js';
import type { Found } from './types.js';

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  cero: '0',
  uno: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  diez: '10',
  once: '11',
  doce: '12',
  trece: '13',
  catorce: '14',
  quince: '15',
};
const TENS: Readonly<Record<string, string>> = {
  twenty: '2',
  thirty: '3',
  forty: '4',
  fifty: '5',
  sixty: '6',
  seventy: '7',
  eighty: '8',
  ninety: '9',
};
const SYMBOLS: Readonly<Record<string, string>> = {
  star: '*',
  asterisk: '*',
  asterisco: '*',
  pound: '#',
  hash: '#',
  hashtag: '#',
  '#': '#',
  '*': '*',
  numeral: '#',
  gato: '#',
  almohadilla: '#',
};
const MULTIPLES: Readonly<Record<string, number>> = { double: 2, triple: 3, doble: 2 };
/** Words between a number and its closing or opening symbol. */
const SYMBOL_GLUE = new Set([
  'then',
  'and',
  'followed',
  'by',
  'the',
  'a',
  'key',
  'sign',
  'press',
  'hit',
  'with',
  'y',
  'luego',
  'la',
  'tecla',
]);

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface CodeSequence {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What names a code that opens something; the group is the kind of code, if one is said. */
const CODE_WORD =
  /\b((?:[a-z]+ )?)(codes?|pass ?codes?|pin(?: number)?|combination|combo|key ?pad|key ?code|codigo|clave|contrasena|combinacion)\b/g;
const OTHER_KIND_OF_CODE =
  /^(zip|post|postal|area|promo|promotion|discount|coupon|order|tracking|confirmation|reference|verification|qr|bar|country|dress|voucher|color|colour|delivery|alarm|product|item|customer|account|dialing|sort|security question|booking|postcode)? ?$/;
const NO_CODE =
  /\b(no|without|don't (have|need|know)( a| the| any)*|doesn't (have|need)( a)*|isn't (a|any)|not (a|the)|forgot the|sin|no hay|ningun)( \w+)? ?$/;

/** After these a number is an address, a person's or a thing's, or a time. */
const NUMBER_OF_SOMETHING =
  /\b((apartment|apt|flat|unit|house|number|suite|room|floor|building|block|level|street|after|before|until|till|between|around|at about|apartamento|departamento|depto|piso|casa|despues de|antes de|hasta)|(number|order|phone|mobile|cell|zip|postcode|invoice|parcel|numero|telefono)( is| es| number)+) ?$/;
const AFTER_A_TIME =
  /^ ?(a\.? ?m\b|p\.? ?m\b|o'?clock|minutes?|hours?|digits?|in the (morning|afternoon|evening)|minutos|horas|digitos)/;

/** What says, right after a number, that it opens something. */
const OPENS =
  /^ ?(is (the|our|my) (\w+ )?(code|pin|combination|passcode)|(will )?(opens?|unlocks?)\b|(gets|lets) you in|to (open|unlock|get in|get into|enter)|(on|at|in|into) the (key ?pad|lock ?box|lock|key ?box|panel)|for the (gate|lock ?box|lock|key ?pad|main entrance)|abre\b|para (abrir|entrar))/;
const KEYED = /\b(enter|punch|punch in|type|type in|key in|put in|use|press|tap|tap in|marque|teclee|ponga)( in)? ?$/;

const MIN_LENGTH = 3;
const MAX_LENGTH = 10;
/** Words between "the gate code" and its digits: "for the side door is". */
const MAX_GLUE_WORDS = 9;

/**
 * The code that opens something, as keyed: only where the words say that it does. Any other number (house, phone, time,
 * post code) is none: a wrong code at a stranger's door is worse than none, so in doubt it abstains.
 */
export function findAccessCode(text: string): Found<string> | null {
  const folded = fold(text);
  const sequences = findSequences(folded);
  const candidates: (CodeSequence & { confidence: number })[] = [];
  for (const trigger of folded.matchAll(CODE_WORD)) {
    const kind = trigger[1] ?? '';
    if (kind.trim() !== '' && OTHER_KIND_OF_CODE.test(kind)) continue;
    if (NO_CODE.test(folded.slice(0, trigger.index + kind.length))) continue;
    const end = trigger.index + trigger[0].length;
    const after = sequences.filter((sequence) => sequence.start >= end && isGlue(folded.slice(end, sequence.start)));
    const first = after[0];
    if (first) candidates.push({ ...lastCorrection(first, sequences, folded), confidence: 0.95 });
  }
  for (const sequence of sequences) {
    const before = folded.slice(0, sequence.start);
    const opens = OPENS.test(folded.slice(sequence.end));
    if (opens && !/\b(buzz|ring|dial|call|toque)( \w+){0,2} ?$/.test(before)) {
      candidates.push({ ...sequence, confidence: KEYED.test(before) ? 0.92 : 0.88 });
    }
  }
  // Of an old and a new code the new one counts.
  const code = candidates.filter(
    ({ start }) => !/\b(old|used to be|was|vieja?|anterior|era)( \w+){0,4} ?$/.test(folded.slice(0, start)),
  )[0];
  if (!code) return null;
  const evidence = { start: code.start, end: code.end, text: text.slice(code.start, code.end) };
  return { value: code.value, confidence: code.confidence, evidence };
}

/** "One two three four, sorry, one two three five": the correction counts. */
function lastCorrection(first: CodeSequence, sequences: readonly CodeSequence[], folded: string): CodeSequence {
  let current = first;
  for (const next of sequences) {
    if (next.start <= current.end) continue;
    if (
      !/^ *((no|sorry|wait|i mean|actually|rather|correction|perdon|digo|mejor dicho)[ .-]*)+(it's |its |is |es )?$/.test(
        folded.slice(current.end, next.start),
      )
    )
      break;
    current = next;
  }
  return current;
}

function isGlue(between: string): boolean {
  if (/\.\s/.test(between) || /\b(but|pero|my (number|phone)|call me|order|zip)\b/.test(between)) return false;
  if (
    /\b(i'll|i will|i can|will be|send|text you|email|ask|changes|changed|broken|doesn't work|not working)\b/.test(
      between,
    )
  )
    return false;
  return between.trim().split(/\s+/).length <= MAX_GLUE_WORDS;
}

function findSequences(folded: string): CodeSequence[] {
  const tokens = tokenize(folded);
  const sequences: CodeSequence[] = [];
  for (let index = 0; index < tokens.length;) {
    const read = readSequence(tokens, index);
    if (!read) {
      index += 1;
      continue;
    }
    const { sequence, next } = read;
    index = next;
    const digits = sequence.value.replace(/\D/g, '').length;
    const length = sequence.value.length;
    if (length < MIN_LENGTH || length > MAX_LENGTH || digits < 2) continue;
    if (NUMBER_OF_SOMETHING.test(folded.slice(0, sequence.start))) continue;
    if (AFTER_A_TIME.test(folded.slice(sequence.end))) continue;
    sequences.push(sequence);
  }
  return sequences;
}

function tokenize(folded: string): Token[] {
  return [...folded.matchAll(/[a-z0-9']+|[#*]/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function readSequence(tokens: readonly Token[], from: number): { sequence: CodeSequence; next: number } | null {
  let value = '';
  let end = 0;
  let index = from;
  while (index < tokens.length) {
    const piece = readPiece(tokens, index, value !== '');
    if (!piece) break;
    value += piece.value;
    index = piece.next;
    end = tokens[index - 1]?.end ?? end;
  }
  const start = tokens[from]?.start ?? 0;
  return value === '' ? null : { sequence: { value: value.toUpperCase(), start, end }, next: index };
}

interface Piece {
  readonly value: string;
  readonly next: number;
}

function readPiece(tokens: readonly Token[], index: number, inside: boolean): Piece | null {
  const text = tokens[index]?.text ?? '';
  const following = tokens[index + 1]?.text ?? '';
  const multiple = MULTIPLES[text];
  if (multiple !== undefined) {
    const digit = digitsOf(following);
    return digit?.length === 1 ? { value: digit.repeat(multiple), next: index + 2 } : null;
  }
  const tens = TENS[text];
  if (tens !== undefined) {
    const unit = digitsOf(following);
    return unit?.length === 1 && unit !== '0' && following !== 'oh'
      ? { value: tens + unit, next: index + 2 }
      : { value: `${tens}0`, next: index + 1 };
  }
  const plain = digitsOf(text) ?? SYMBOLS[text];
  // "Oh" and "o" open no code by themselves, they only continue one.
  if (plain !== undefined && (inside || !/^oh?$/.test(text))) return { value: plain, next: index + 1 };
  if (/^(?=.*\d)[a-z\d]{2,8}$/.test(text)) return { value: text, next: index + 1 };
  if (isLetter(text, following, inside)) return { value: text, next: index + 1 };
  return inside ? readGluedSymbol(tokens, index) : null;
}

const digitsOf = (text: string): string | undefined => (/^\d+$/.test(text) ? text : DIGIT_WORDS[text]);

/** A single letter beside digits; "a" and "i" are words unless they stand inside a code. */
const isLetter = (text: string, following: string, inside: boolean): boolean =>
  /^[a-z]$/.test(text) &&
  (inside
    ? !/^[ayi]$/.test(text) || digitsOf(following) !== undefined
    : !/^[aiyoeu]$/.test(text) && digitsOf(following) !== undefined);

/** "… then the pound key". */
function readGluedSymbol(tokens: readonly Token[], index: number): Piece | null {
  let at = index;
  while (SYMBOL_GLUE.has(tokens[at]?.text ?? '')) at += 1;
  const symbol = SYMBOLS[tokens[at]?.text ?? ''];
  return symbol !== undefined && at > index ? { value: symbol, next: at + 1 } : null;
}
