import { decodeCursor } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import type { ReviewPosition } from '../transcripts/transcripts.module.js';

const KEY_PATTERN = /^\d{1,16} [A-Za-z0-9._~-]{1,128}$/;

/** The key of a transcript in the list of reviews, as its cursor encodes it. */
export const toReviewKey = ({ review, _id }: TranscriptDocument): string => `${review?.openedAt.getTime() ?? 0} ${_id}`;

/**
 * Decodes the position after which a page starts.
 * @throws CodedError `invalid_request` for an invalid cursor
 */
export function parseReviewCursor(cursor: string | undefined): ReviewPosition | undefined {
  const [openedAt, id] = decodeCursor(cursor, KEY_PATTERN)?.split(' ') ?? [];
  return id === undefined ? undefined : { openedAt: new Date(Number(openedAt)), id };
}
