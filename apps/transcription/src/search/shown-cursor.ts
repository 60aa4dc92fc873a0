import { createHash } from 'node:crypto';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';

// The cursor is a checksum, followed by a truncated SHA-256 of the id of each shown result.
const CHECKSUM_BYTES = 4;
const ID_HASH_BYTES = 5;
/** Maximum number of results over all pages of a search. */
export const MAX_SHOWN = 200;

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
const toIdHash = (id: string): string => digest(id).subarray(0, ID_HASH_BYTES).toString('hex');
const toChecksum = (searchKey: string, idHashes: Buffer): Buffer =>
  digest(Buffer.concat([digest(searchKey), idHashes])).subarray(0, CHECKSUM_BYTES);

/**
 * The results that earlier pages of a search have shown. Ranks change between pages: recordings are added, embeddings
 * are computed, a word becomes common. A cursor with a position would repeat some results and skip others; this one
 * excludes what was shown, and a page returns the best of the remaining results.
 */
export class ShownResults {
  private constructor(
    private readonly searchKey: string,
    private readonly idHashes: ReadonlySet<string>,
  ) {}

  /**
   * @param searchKey the query and its filters as one text, the same on every page
   * @throws CodedError `invalid_request` for a cursor that no page of this search issued
   */
  static read(cursor: string | undefined, searchKey: string): ShownResults {
    if (cursor === undefined) return new ShownResults(searchKey, new Set());
    const bytes = Buffer.from(cursor, 'base64url');
    const idHashes = bytes.subarray(CHECKSUM_BYTES);
    const isValid =
      idHashes.length > 0 &&
      idHashes.length % ID_HASH_BYTES === 0 &&
      bytes.subarray(0, CHECKSUM_BYTES).equals(toChecksum(searchKey, idHashes));
    if (!isValid) {
      const message = 'cursor must be the nextCursor of an earlier page of the same search';
      throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
    }
    const hex = idHashes.toString('hex');
    const count = idHashes.length / ID_HASH_BYTES;
    const parts = Array.from({ length: count }, (_, index) =>
      hex.slice(index * 2 * ID_HASH_BYTES, (index + 1) * 2 * ID_HASH_BYTES),
    );
    return new ShownResults(searchKey, new Set(parts));
  }

  /** The number of results that may still be shown. */
  get remaining(): number {
    return Math.max(0, MAX_SHOWN - this.idHashes.size);
  }

  has(id: string): boolean {
    return this.idHashes.has(toIdHash(id));
  }

  /** Creates the cursor of the page after the one with these results. */
  cursorAfter(ids: readonly string[]): string {
    const idHashes = Buffer.from([...this.idHashes, ...ids.map(toIdHash)].join(''), 'hex');
    return Buffer.concat([toChecksum(this.searchKey, idHashes), idHashes]).toString('base64url');
  }
}
