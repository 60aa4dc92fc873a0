import { trusted } from 'mongoose';
import { decodeCursor } from './page.js';

/** A position in a list that is sorted by an instant and then by id, both descending. */
export interface ListPosition {
  readonly at: Date;
  readonly id: string;
}

const CURSOR_KEY_PATTERN = /^\d{1,15} [A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/** @returns the milliseconds since the epoch and the id, as `CURSOR_KEY_PATTERN` describes */
export const toCursorKey = ({ at, id }: ListPosition): string => `${at.getTime()} ${id}`;

/**
 * Decodes the position after which a page starts.
 * @throws CodedError `invalid_request`
 */
export function decodePosition(cursor: string | undefined): ListPosition | undefined {
  const [at, id] = decodeCursor(cursor, CURSOR_KEY_PATTERN)?.split(' ') ?? [];
  return at === undefined || id === undefined ? undefined : { at: new Date(Number(at)), id };
}

/** A time range of a list, and the position in it after which a page starts. */
export interface TimeRange {
  /** Inclusive, ISO 8601. */
  readonly from?: string | undefined;
  /** Exclusive, ISO 8601. */
  readonly to?: string | undefined;
  readonly after?: ListPosition | undefined;
}

/**
 * Returns a filter for the rows in a time range that come after a position. An index over the instant and the id
 * supports it.
 * @param field the field of the instant
 */
export function toRangeFilter(field: string, { from, to, after }: TimeRange): Record<string, unknown> {
  const upperBounds = [
    ...(to === undefined ? [] : [new Date(to)]),
    ...(after ? [new Date(after.at.getTime() + 1)] : []),
  ];
  const upperBound = upperBounds.sort((a, b) => a.getTime() - b.getTime())[0];
  const range = {
    ...(from === undefined ? {} : { $gte: new Date(from) }),
    ...(upperBound === undefined ? {} : { $lt: upperBound }),
  };
  return {
    ...(Object.keys(range).length === 0 ? {} : { [field]: trusted(range) }),
    // Rows at the same instant with a lower id come after the position. The range above limits how many keys are
    // examined.
    ...(after ? { $or: [{ [field]: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }] } : {}),
  };
}

/**
 * Returns the sort order of the list.
 * @param field the field of the instant
 */
export const toLatestFirstSort = (field: string): Record<string, -1> => ({ [field]: -1, _id: -1 });
