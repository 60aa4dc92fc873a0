import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';

/** A page as every list answers it. */
export interface Page<T> {
  readonly items: T[];
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string;
}

/**
 * Cuts a page out of one row more than was asked for. The cursor is the last row's key, so that pages stay stable while
 * rows are inserted before them.
 * @param found at most `limit + 1` rows, in the order of the list
 */
export function pageOf<D, T>(
  found: readonly D[],
  limit: number,
  keyOf: (row: D) => string,
  toItem: (row: D) => T,
): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items: rows.map(toItem), ...(more ? { nextCursor: encodeCursor(keyOf(last)) } : {}) };
}

const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

/**
 * The key a page starts after.
 * @param shape what a key of this list looks like; anything else was not made by us
 * @throws CodedError `invalid_request`
 */
export function decodeCursor(cursor: string | undefined, shape: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (shape.test(key)) return key;
  const message = 'cursor must be the nextCursor of a page before';
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
}
