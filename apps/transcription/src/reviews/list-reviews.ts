import { Injectable } from '@nestjs/common';
import type { ListReviewsRequest, TranscriptPage } from '#libs/contracts/index.js';
import { pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { toCoveredTranscript, TranscriptRepository } from '../transcripts/transcripts.module.js';
import { keyOf, placeOf } from './review-place.js';

/** Returns a page of transcripts with an open or closed review, longest open first. */
@Injectable()
export class ListReviews {
  constructor(private readonly transcripts: TranscriptRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(organization: OrganizationId, { state, limit, cursor }: ListReviewsRequest): Promise<TranscriptPage> {
    const found = await this.transcripts.reviewed(organization, { state, limit: limit + 1, after: placeOf(cursor) });
    // A page is one message, so the segments, which are as long as the text, are omitted.
    return pageOf(found, limit, keyOf, (transcript) => ({ ...toCoveredTranscript(transcript), segments: [] }));
  }
}
