import { Injectable } from '@nestjs/common';
import type { ExamplePage, ExportExamplesRequest } from '#libs/contracts/index.js';
import { toPage, type OrganizationId } from '#libs/persistence/index.js';
import { TranscriptRepository } from '../transcripts/transcripts.module.js';
import { toExample } from './to-example.js';
import { toReviewKey, parseReviewCursor } from './review-cursor.js';

/** Exports reviewed transcripts as lines of an evaluation set. */
@Injectable()
export class ExportExamples {
  constructor(private readonly transcripts: TranscriptRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(organization: OrganizationId, { limit, cursor }: ExportExamplesRequest): Promise<ExamplePage> {
    const query = { state: 'closed', limit: limit + 1, after: parseReviewCursor(cursor) } as const;
    const transcripts = await this.transcripts.findReviews(organization, query);
    return toPage(transcripts, limit, toReviewKey, (transcript) => ({
      id: transcript._id,
      line: JSON.stringify(toExample(transcript)),
    }));
  }
}
