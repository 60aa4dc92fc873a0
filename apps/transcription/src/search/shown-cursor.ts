import { createHash } from 'node:crypto';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';

const MARK_BYTES = 5;
const CHECK_BYTES = 4;
/** What is further behind, nobody looks at. */
export const MOST_SHOWN = 200;

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
const markOf = (id: string): string => digest(id).subarray(0, MARK_BYTES).toString('hex');
const checkOf = (question: string, marks: Buffer): Buffer =>
  digest(Buffer.concat([digest(question), marks])).subarray(0, CHECK_BYTES);

/**
 * What earlier pages of a search have shown. A recording's place moves while people turn pages: words arrive, a meaning is
 * made, a word becomes common. A page that goes on after a place would show something twice, and something never; one that
 * knows what was shown shows the best of the rest.
 */
export class Shown {
  private constructor(
    private readonly question: string,
    private readonly marks: ReadonlySet<string>,
  ) {}

  /**
   * @param question what is asked, the same on every page
   * @throws CodedError `invalid_request` for a cursor that no page of this search gave
   */
  static read(cursor: string | undefined, question: string): Shown {
    if (cursor === undefined) return new Shown(question, new Set());
    const bytes = Buffer.from(cursor, 'base64url');
    const marks = bytes.subarray(CHECK_BYTES);
    const isOurs =
      marks.length > 0 &&
      marks.length % MARK_BYTES === 0 &&
      bytes.subarray(0, CHECK_BYTES).equals(checkOf(question, marks));
    if (!isOurs) {
      const message = 'cursor must be the nextCursor of a page before, of the same search';
      throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
    }
    const hex = marks.toString('hex');
    const count = marks.length / MARK_BYTES;
    const each = Array.from({ length: count }, (_, index) =>
      hex.slice(index * 2 * MARK_BYTES, (index + 1) * 2 * MARK_BYTES),
    );
    return new Shown(question, new Set(each));
  }

  /** How many more may be shown. */
  get room(): number {
    return Math.max(0, MOST_SHOWN - this.marks.size);
  }

  has(id: string): boolean {
    return this.marks.has(markOf(id));
  }

  /** The cursor of the page after the one that shows these. */
  cursorAfter(ids: readonly string[]): string {
    const marks = Buffer.from([...this.marks, ...ids.map(markOf)].join(''), 'hex');
    return Buffer.concat([checkOf(this.question, marks), marks]).toString('base64url');
  }
}
