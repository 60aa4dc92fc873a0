import { Injectable } from '@nestjs/common';
import type { ExamplePage, ExportExamplesRequest } from '#libs/contracts/index.js';
import { pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { TranscriptRepository } from '../transcripts/transcripts.module.js';
import { exampleOf } from './example-of.js';
import { keyOf, placeOf } from './review-place.js';

/** Exports reviewed transcripts as lines of an evaluation set. */
@Injectable()
export class ExportExamples {
  constructor(private readonly transcripts: TranscriptRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(organization: OrganizationId, { limit, cursor }: ExportExamplesRequest): Promise<ExamplePage> {
    const query = { state: 'closed', limit: limit + 1, after: placeOf(cursor) } as const;
    const found = await this.transcripts.reviewed(organization, query);
    return pageOf(found, limit, keyOf, (transcript) => ({
      id: transcript._id,
      line: JSON.stringify(exampleOf(transcript)),
    }));
  }
}
