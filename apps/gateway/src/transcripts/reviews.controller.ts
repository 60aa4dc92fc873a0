import { Controller, Header, Param } from '@nestjs/common';
import {
  ChoiceField,
  CorrectInstructionsRpc,
  Correction,
  ExportExamplesRpc,
  IntegerField,
  ListReviewsRpc,
  REVIEW_STATES,
  TextField,
  Transcript,
  TranscriptPage,
  type ReviewState,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';

const NDJSON = 'application/x-ndjson';
const DEFAULT_PAGE_SIZE = 50;
const EXAMPLES_PAGE_SIZE = 25;

class ReviewsQuery {
  @IntegerField({ optional: true, min: 1, max: 50 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @ChoiceField(REVIEW_STATES, { optional: true, description: 'Default: open reviews.' })
  state?: ReviewState;
}

/** Reviews and corrections of instructions by people. */
@Controller('v1')
export class ReviewsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'reviews', {
    id: 'listReviews',
    summary: 'Lists recordings that need a review, longest waiting first.',
    description:
      'A recording is listed if it could not be transcribed, if the recognizer or the analyzer was unsure about ' +
      'instructions that affect the delivery, or if the customer asked for a person. Access codes are masked.',
    access: 'recordings:read',
    query: ReviewsQuery,
    reply: TranscriptPage,
  })
  list(@ContractQuery(ReviewsQuery) query: ReviewsQuery, @AsCaller() caller: Caller): Promise<TranscriptPage> {
    const { limit = DEFAULT_PAGE_SIZE, state = 'open', cursor } = query;
    return this.rpc.call(ListReviewsRpc, { limit, state, ...(cursor !== undefined && { cursor }) }, caller.options);
  }

  @Operation('POST', 'recordings/:recordingId/corrections', {
    id: 'correctInstructions',
    summary: 'Corrects or confirms the instructions understood from a recording.',
    description:
      'Omitted fields are confirmed; `null` means that the customer said nothing about it; a request without fields confirms ' +
      'everything. The delivery’s agent is notified immediately, and an open review is closed. The original instructions ' +
      'are kept. Neither the analysis nor later recordings override a correction.',
    access: 'instructions:write',
    body: Correction,
    reply: Transcript,
    errors: CorrectInstructionsRpc.errors,
    etag: true,
    ifMatch: true,
  })
  correct(
    @Param('recordingId') recordingId: string,
    @ContractBody(Correction) correction: Correction,
    @AsCaller() caller: Caller,
  ): Promise<Transcript> {
    return this.rpc.call(CorrectInstructionsRpc, { recordingId, correction, ...caller.expected }, caller.options);
  }

  @Operation('GET', 'reviews/examples', {
    id: 'exportExamples',
    summary: 'Exports confirmed and corrected instructions as lines of an evaluation set.',
    description: '`npm run eval:analysis -- --set FILE` reads it. Access codes are masked and not evaluated.',
    access: 'recordings:read',
    replyMedia: NDJSON,
    status: 200,
  })
  @Header('content-type', NDJSON)
  async exportExamples(@AsCaller() caller: Caller): Promise<string> {
    const lines: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? {} : { cursor };
      const page = await this.rpc.call(ExportExamplesRpc, { limit: EXAMPLES_PAGE_SIZE, ...after }, caller.options);
      lines.push(...page.items.map(({ line }) => `${line}\n`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return lines.join('');
  }
}
