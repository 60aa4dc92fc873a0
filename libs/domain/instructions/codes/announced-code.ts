import { toDigits, readPiece, skipConnectingWords, type Piece, type Token } from './spoken-digits.js';

/** Words that a speech recognizer writes for a digit. They count as digits only where a code was just announced. */
export const HOMOPHONES: Readonly<Record<string, string>> = {
  to: '2',
  too: '2',
  for: '4',
  fore: '4',
  won: '1',
  wan: '1',
  ate: '8',
  tree: '3',
  free: '3',
  fife: '5',
  sicks: '6',
  niner: '9',
};
/** Words that people say while thinking of the next digit, or between groups of digits. */
export const FILLERS = new Set('uh um er erm eh este dash hyphen guion'.split(' '));

const JOINS_EN = ['please', 'and', 'then', 'just', 'leave', 'put', 'so', 'but', 'thanks', 'thank', 'ok', 'okay'];
const SUBJECTS_EN = ['i', 'it', 'the', 'you', 'my', 'there', 'we', 'if', 'when', 'watch'];
const REQUESTS_EN = ['give', 'ring', 'knock', 'drop', 'come', 'go'];
const JOINS_ES = ['por', 'y', 'luego', 'deje', 'gracias', 'entonces'];
/**
 * Words that may follow a complete code. A number before any other word may be a count: "two dogs", "one more thing".
 */
const MAY_FOLLOW_CODE = new Set([...JOINS_EN, ...SUBJECTS_EN, ...REQUESTS_EN, ...JOINS_ES]);
const MIN_CHARACTERS = 4;
const MIN_CLEAN_DIGITS = 2;
const MAX_CHARACTERS = 10;

/** A code that was read after words such as "the code is". */
export interface AnnouncedCode {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Every digit was recognized as a digit, and the code is in one sentence. */
  readonly isClean: boolean;
}

interface RunPiece extends Piece {
  readonly from: number;
  readonly homophone: boolean;
  readonly opensSentence: boolean;
}

/**
 * Reads the code that begins at token `from`, right after words such as "the code is". Homophones of digits count as
 * digits between digits or at the end of a sentence. A code may continue after a full stop of the speech recognizer.
 * @param opening `clean` if the first digit must not be a homophone, because only the word "code" precedes it: "the
 * code for
 *   two flats"
 * @returns `abstain` if the digits could mean something else, `null` if there is no code
 */
export function readAnnouncedCode(
  tokens: readonly Token[],
  from: number,
  opening: 'clean' | 'any',
): AnnouncedCode | 'abstain' | null {
  const run = readRun(tokens, from);
  if (run.length === 0 || (opening === 'clean' && run[0]?.homophone)) return null;
  for (let length = run.length; length > 0; length -= 1) {
    const code = toCode(tokens, run.slice(0, length), run[length]);
    if (code) return code;
  }
  const isNoisy = run.some(({ homophone }) => homophone) && run.filter(({ homophone }) => !homophone).length > 1;
  return isNoisy ? 'abstain' : null;
}

function readRun(tokens: readonly Token[], from: number): RunPiece[] {
  const run: RunPiece[] = [];
  let index = from;
  while (index < tokens.length) {
    index = skipConnectingWords(tokens, index, run.map(({ value }) => value).join(''));
    const token = tokens[index];
    if (!token) break;
    if (FILLERS.has(token.text)) {
      index += 1;
      continue;
    }
    const before = run.at(-1);
    const opensSentence = before !== undefined && token.opensSentence;
    const piece = readPiece(tokens, index, true) ?? leadingLetter(tokens, index, run);
    const homophone = HOMOPHONES[token.text];
    const read = piece ?? (homophone === undefined ? null : { value: homophone, next: index + 1, isSingle: true });
    if (!read) break;
    const isHomophone = piece === null;
    // Beside a number of several digits, the recognizer would have written this digit as a digit, too.
    if ((isHomophone || opensSentence || before?.homophone) && !(read.isSingle && (before?.isSingle ?? true))) break;
    run.push({ ...read, from: index, homophone: isHomophone, opensSentence });
    index = read.next;
  }
  // A homophone before further words is a word: "… to get in", "… for the gate".
  while (run.at(-1)?.homophone && !endsSentence(tokens, index)) index = run.pop()?.from ?? index;
  return run;
}

/** Whether the token begins a sentence or is the end of the text. */
const endsSentence = (tokens: readonly Token[], index: number): boolean => tokens[index]?.opensSentence ?? true;

/** A vowel that begins a code: "the code is A four five". */
function leadingLetter(tokens: readonly Token[], index: number, run: readonly RunPiece[]): Piece | null {
  const text = tokens[index]?.text ?? '';
  const [first, second] = [tokens[index + 1], tokens[index + 2]].map((token) => toDigits(token?.text ?? ''));
  return run.length === 0 && /^[aeu]$/.test(text) && first !== undefined && second !== undefined
    ? { value: text, next: index + 1, isSingle: true }
    : null;
}

/**
 * Joins the first pieces of a run to a code; `null` if they are none.
 * @param cut the piece after them
 */
function toCode(
  tokens: readonly Token[],
  pieces: readonly RunPiece[],
  cut: RunPiece | undefined,
): AnnouncedCode | null {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  const isOh = ({ from }: RunPiece): boolean => /^oh?$/.test(tokens[from]?.text ?? '');
  const value = pieces.map((piece) => piece.value).join('');
  const clean = pieces.every(({ homophone, opensSentence }) => !homophone && !opensSentence);
  const follower = tokens[last.next];
  const sentenceEnds = endsSentence(tokens, last.next);
  // "… one too": after a complete code, "too" is more likely a word than a digit.
  const isWholeBefore =
    pieces
      .slice(0, -1)
      .map((piece) => piece.value)
      .join('').length >= MIN_CHARACTERS;
  if (last.homophone && (!sentenceEnds || isWholeBefore)) return null;
  // "Oh, 4521": an exclamation before a number that is written in digits.
  if (isOh(first) && pieces[1]?.isSingle === false) return null;
  const written = pieces.filter((piece) => !piece.homophone && !isOh(piece)).map((piece) => piece.value);
  const digits = written.join('').replace(/\D/g, '').length;
  if (digits === 0) return null;
  if (!clean || cut) {
    if (value.length < MIN_CHARACTERS || value.length > MAX_CHARACTERS) return null;
    if (digits < MIN_CLEAN_DIGITS) return null;
    const next = follower?.text ?? '';
    if (!clean && !sentenceEnds && !MAY_FOLLOW_CODE.has(next) && HOMOPHONES[next] === undefined) return null;
  }
  const start = tokens[first.from]?.start ?? 0;
  const end = tokens[last.next - 1]?.end ?? start;
  return { value: value.toUpperCase(), start, end, isClean: clean && cut?.homophone !== true };
}
