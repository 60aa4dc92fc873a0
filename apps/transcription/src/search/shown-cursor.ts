import { createHash } from 'node:crypto';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';

const MARK_BYTES = 5;
const CHECK_BYTES = 4;
/** Maximum number of results over all pages of a search. */
export const MAX_SHOWN = 200;

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
const markOf = (id: string): string => digest(id).subarray(0, MARK_BYTES).toString('hex');
const checkOf = (question: string, marks: Buffer): Buffer =>
  digest(Buffer.concat([digest(question), marks])).subarray(0, CHECK_BYTES);

/**
 * The results that earlier pages of a search have shown. Ranks change between pages: recordings are added, embeddings
 * are computed, a word becomes common. A cursor with a position would repeat some results and skip others; this one
 * excludes what was shown, and a page returns the best of the rest.
 */
export class ShownResults {
  private constructor(
    private readonly question: string,
    private readonly marks: ReadonlySet<string>,
  ) {}

  /**
   * @param question the query, the same on every page
   * @throws CodedError `invalid_request` for a cursor that no page of this search issued
   */
  static read(cursor: string | undefined, question: string): ShownResults {
    if (cursor === undefined) return new ShownResults(question, new Set());
    const bytes = Buffer.from(cursor, 'base64url');
    const marks = bytes.subarray(CHECK_BYTES);
    const isValid =
      marks.length > 0 &&
      marks.length % MARK_BYTES === 0 &&
      bytes.subarray(0, CHECK_BYTES).equals(checkOf(question, marks));
    if (!isValid) {
      const message = 'cursor must be the nextCursor of an earlier page of the same search';
      throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
    }
    const hex = marks.toString('hex');
    const count = marks.length / MARK_BYTES;
    const each = Array.from({ length: count }, (_, index) =>
      hex.slice(index * 2 * MARK_BYTES, (index + 1) * 2 * MARK_BYTES),
    );
    return new ShownResults(question, new Set(each));
  }

  /** The number of results that may still be shown. */
  get remaining(): number {
    return Math.max(0, MAX_SHOWN - this.marks.size);
  }

  has(id: string): boolean {
    return this.marks.has(markOf(id));
  }

  /** The cursor of the page that follows the one that shows these results. */
  cursorAfter(ids: readonly string[]): string {
    const marks = Buffer.from([...this.marks, ...ids.map(markOf)].join(''), 'hex');
    return Buffer.concat([checkOf(this.question, marks), marks]).toString('base64url');
  }
}
