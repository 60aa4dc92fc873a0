import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string;
}

/**
 * Creates a page from up to `limit + 1` rows; the extra row shows that there is a next page. The cursor is the key of
 * the last row, so that pages stay stable while rows are inserted before them.
 * @param found at most `limit + 1` rows, in list order
 * @param toKey returns the cursor key of a row
 */
export function toPage<D, T>(
  found: readonly D[],
  limit: number,
  toKey: (row: D) => string,
  toItem: (row: D) => T,
): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { items: rows.map(toItem), ...(hasMore ? { nextCursor: encodeCursor(toKey(last)) } : {}) };
}

const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

/**
 * Decodes the key after which a page starts.
 * @param keyPattern the pattern of this list's keys; a cursor with another key is invalid
 * @throws CodedError `invalid_request`
 */
export function decodeCursor(cursor: string | undefined, keyPattern: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (keyPattern.test(key)) return key;
  const message = 'cursor must be the nextCursor of the previous page';
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
}
