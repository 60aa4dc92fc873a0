import { Injectable } from '@nestjs/common';
import type { ListReviewsRequest, TranscriptPage } from '#libs/contracts/index.js';
import { toPage, type OrganizationId } from '#libs/persistence/index.js';
import { toMaskedTranscript, TranscriptRepository } from '../transcripts/transcripts.module.js';
import { toReviewKey, parseReviewCursor } from './review-cursor.js';

/** Returns a page of transcripts whose review is in the given state, oldest review first. */
@Injectable()
export class ListReviews {
  constructor(private readonly transcripts: TranscriptRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(organization: OrganizationId, { state, limit, cursor }: ListReviewsRequest): Promise<TranscriptPage> {
    const transcripts = await this.transcripts.findReviews(organization, {
      state,
      limit: limit + 1,
      after: parseReviewCursor(cursor),
    });
    // A page must fit into one NATS message, so the segments, which repeat the text, are omitted.
    return toPage(transcripts, limit, toReviewKey, (transcript) => ({
      ...toMaskedTranscript(transcript),
      segments: [],
    }));
  }
}
