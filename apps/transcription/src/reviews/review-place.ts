import { decodeCursor } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import type { ReviewPlace } from '../transcripts/transcripts.module.js';

const KEY = /^\d{1,16} [A-Za-z0-9._~-]{1,128}$/;

/** A transcript's place in the list of reviews, as its cursor names it. */
export const keyOf = ({ review, _id }: TranscriptDocument): string => `${review?.openedAt.getTime() ?? 0} ${_id}`;

/** The place a page starts after. @throws CodedError `invalid_request` */
export function placeOf(cursor: string | undefined): ReviewPlace | undefined {
  const [openedAt, id] = decodeCursor(cursor, KEY)?.split(' ') ?? [];
  return id === undefined ? undefined : { openedAt: new Date(Number(openedAt)), id };
}
