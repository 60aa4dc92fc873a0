import { digitsOf, readPiece, skipGlue, type Piece, type Token } from './spoken-digits.js';

/** What a recogniser writes for a digit; read so only where a code has just been announced. */
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
/** Said while thinking of the next digit, or between groups. */
export const FILLERS = new Set('uh um er erm eh este dash hyphen guion'.split(' '));

const JOINS_EN = ['please', 'and', 'then', 'just', 'leave', 'put', 'so', 'but', 'thanks', 'thank', 'ok', 'okay'];
const SUBJECTS_EN = ['i', 'it', 'the', 'you', 'my', 'there', 'we', 'if', 'when', 'watch'];
const REQUESTS_EN = ['give', 'ring', 'knock', 'drop', 'come', 'go'];
const JOINS_ES = ['por', 'y', 'luego', 'deje', 'gracias', 'entonces'];
/**
 * Words that may follow a complete code. Before any other word the last number may be a count: "two dogs", "one more
 * thing".
 */
const GOES_ON = new Set([...JOINS_EN, ...SUBJECTS_EN, ...REQUESTS_EN, ...JOINS_ES]);
const FEWEST_CHARACTERS = 4;
const FEWEST_CLEAN_DIGITS = 2;
const MOST_CHARACTERS = 10;

export interface AnnouncedCode {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Every digit was written as one, in one sentence. */
  readonly clean: boolean;
}

interface Read extends Piece {
  readonly from: number;
  readonly homophone: boolean;
  readonly opensSentence: boolean;
}

/**
 * The code that begins at token `from`, right after words such as "the code is". Homophones of digits count as digits
 * between digits or at a sentence's end, and digits go on over a recogniser's full stop. `abstain` where digits stand
 * there which could as well mean something else, `null` where no code does. After the bare word "code" the `opening`
 * must be a `clean` digit ("the code for two flats").
 */
export function readAnnouncedCode(
  tokens: readonly Token[],
  from: number,
  opening: 'clean' | 'any',
): AnnouncedCode | 'abstain' | null {
  const run = readRun(tokens, from);
  if (run.length === 0 || (opening === 'clean' && run[0]?.homophone)) return null;
  for (let length = run.length; length > 0; length -= 1) {
    const code = asCode(tokens, run.slice(0, length), run[length]);
    if (code) return code;
  }
  const isNoisy = run.some(({ homophone }) => homophone) && run.filter(({ homophone }) => !homophone).length > 1;
  return isNoisy ? 'abstain' : null;
}

function readRun(tokens: readonly Token[], from: number): Read[] {
  const run: Read[] = [];
  let index = from;
  while (index < tokens.length) {
    index = skipGlue(tokens, index, run.map(({ value }) => value).join(''));
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
    const read = piece ?? (homophone === undefined ? null : { value: homophone, next: index + 1, single: true });
    if (!read) break;
    const isHomophone = piece === null;
    // A recogniser that writes numbers out would have written this digit so as well.
    if ((isHomophone || opensSentence || before?.homophone) && !(read.single && (before?.single ?? true))) break;
    run.push({ ...read, from: index, homophone: isHomophone, opensSentence });
    index = read.next;
  }
  // "… to get in", "… for the gate": words after all.
  while (run.at(-1)?.homophone && !endsSentence(tokens, index)) index = run.pop()?.from ?? index;
  return run;
}

/** Whether nothing, or another sentence, begins at a token. */
const endsSentence = (tokens: readonly Token[], index: number): boolean => tokens[index]?.opensSentence ?? true;

/** "The code is A four five". */
function leadingLetter(tokens: readonly Token[], index: number, run: readonly Read[]): Piece | null {
  const text = tokens[index]?.text ?? '';
  const [first, second] = [tokens[index + 1], tokens[index + 2]].map((token) => digitsOf(token?.text ?? ''));
  return run.length === 0 && /^[aeu]$/.test(text) && first !== undefined && second !== undefined
    ? { value: text, next: index + 1, single: true }
    : null;
}

function asCode(tokens: readonly Token[], pieces: readonly Read[], cut: Read | undefined): AnnouncedCode | null {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  const isOh = ({ from }: Read): boolean => /^oh?$/.test(tokens[from]?.text ?? '');
  const value = pieces.map((piece) => piece.value).join('');
  const clean = pieces.every(({ homophone, opensSentence }) => !homophone && !opensSentence);
  const follower = tokens[last.next];
  const sentenceEnds = endsSentence(tokens, last.next);
  // "… one too": at the end of a whole code it is more likely the word that is written.
  const isWholeBefore =
    pieces
      .slice(0, -1)
      .map((piece) => piece.value)
      .join('').length >= FEWEST_CHARACTERS;
  if (last.homophone && (!sentenceEnds || isWholeBefore)) return null;
  // "Oh, 4521": an exclamation before a number that is written out.
  if (isOh(first) && pieces[1]?.single === false) return null;
  const written = pieces.filter((piece) => !piece.homophone && !isOh(piece)).map((piece) => piece.value);
  const digits = written.join('').replace(/\D/g, '').length;
  if (digits === 0) return null;
  if (!clean || cut) {
    if (value.length < FEWEST_CHARACTERS || value.length > MOST_CHARACTERS) return null;
    if (digits < FEWEST_CLEAN_DIGITS) return null;
    const next = follower?.text ?? '';
    if (!clean && !sentenceEnds && !GOES_ON.has(next) && HOMOPHONES[next] === undefined) return null;
  }
  const start = tokens[first.from]?.start ?? 0;
  const end = tokens[last.next - 1]?.end ?? start;
  return { value: value.toUpperCase(), start, end, clean: clean && cut?.homophone !== true };
}
