import { Injectable } from '@nestjs/common';
import type { ListReviewsRequest, TranscriptPage } from '#libs/contracts/index.js';
import { pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { toCoveredTranscript, TranscriptRepository } from '../transcripts/transcripts.module.js';
import { keyOf, placeOf } from './review-place.js';

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
}
