import { Injectable } from '@nestjs/common';
import type { ExamplePage, ExportExamplesRequest, ListReviewsRequest, TranscriptPage } from '#libs/contracts/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { toCoveredTranscript } from '../transcripts/transcript.mapper.js';
import { TranscriptRepository, type ReviewPlace } from '../transcripts/transcript.repository.js';
import { exampleOf } from './example-of.js';

const KEY = /^\d{1,16} [A-Za-z0-9._~-]{1,128}$/;

/** Pages of what a person should look at, or has looked at; what waits longest comes first. */
@Injectable()
export class ListReviews {
  constructor(private readonly transcripts: TranscriptRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that is not of this list */
  async execute(organization: OrganizationId, { state, limit, cursor }: ListReviewsRequest): Promise<TranscriptPage> {
    const found = await this.transcripts.reviewed(organization, { state, limit: limit + 1, after: placeOf(cursor) });
    // A page travels as one message: what is as long again as the text stays out.
    return pageOf(found, limit, keyOf, (transcript) => ({ ...toCoveredTranscript(transcript), segments: [] }));
  }

  /** What persons confirmed or corrected, as lines of an evaluation set. */
  async examples(organization: OrganizationId, { limit, cursor }: ExportExamplesRequest): Promise<ExamplePage> {
    const query = { state: 'closed', limit: limit + 1, after: placeOf(cursor) } as const;
    const found = await this.transcripts.reviewed(organization, query);
    return pageOf(found, limit, keyOf, (transcript) => ({
      id: transcript._id,
      line: JSON.stringify(exampleOf(transcript)),
    }));
  }
}

const keyOf = ({ review, _id }: TranscriptDocument): string => `${review?.openedAt.getTime() ?? 0} ${_id}`;

function placeOf(cursor: string | undefined): ReviewPlace | undefined {
  const [openedAt, id] = decodeCursor(cursor, KEY)?.split(' ') ?? [];
  return id === undefined ? undefined : { openedAt: new Date(Number(openedAt)), id };
}
