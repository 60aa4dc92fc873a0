import { Controller } from '@nestjs/common';
import {
  CorrectInstructionsRpc,
  ExportExamplesRpc,
  ListReviewsRpc,
  type CorrectInstructionsRequest,
  type ExamplePage,
  type ExportExamplesRequest,
  type ListReviewsRequest,
  type Transcript,
  type TranscriptPage,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { toMaskedTranscript } from '../transcripts/transcripts.module.js';
import { CorrectInstructions } from './correct-instructions.js';
import { ExportExamples } from './export-examples.js';
import { ListReviews } from './list-reviews.js';

/** RPCs for reviews of transcripts. */
@Controller()
export class ReviewsRpc {
  constructor(
    private readonly listReviews: ListReviews,
    private readonly exportExamples: ExportExamples,
    private readonly correctInstructions: CorrectInstructions,
  ) {}

  @OnRpc(ListReviewsRpc)
  list(request: ListReviewsRequest, { organizationId }: QueryContext): Promise<TranscriptPage> {
    return this.listReviews.execute(organizationId, request);
  }

  @OnRpc(ExportExamplesRpc)
  examples(request: ExportExamplesRequest, { organizationId }: QueryContext): Promise<ExamplePage> {
    return this.exportExamples.execute(organizationId, request);
  }

  @OnRpc(CorrectInstructionsRpc)
  async correct(
    request: CorrectInstructionsRequest,
    { organizationId, actor, tx }: CommandContext,
  ): Promise<Transcript> {
    return toMaskedTranscript(await this.correctInstructions.execute(organizationId, request, actor, tx));
  }
}
