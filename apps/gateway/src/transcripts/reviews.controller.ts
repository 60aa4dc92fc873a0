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
const DEFAULT_PAGE = 50;
const EXAMPLES_AT_ONCE = 25;

class ReviewsQuery {
  @IntegerField({ optional: true, min: 1, max: 50 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @ChoiceField(REVIEW_STATES, { optional: true, description: 'Those that wait for a person, unless said otherwise.' })
  state?: ReviewState;
}

/** Where persons look at what was understood. */
@Controller('v1')
export class ReviewsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'reviews', {
    id: 'listReviews',
    summary: 'Recordings that a person should look at, those that wait longest first, a page at a time.',
    description:
      'A recording is listed when nobody could read it, when the recogniser or the analyst was unsure of what decides how ' +
      'it is delivered, or when the customer asks for a person. Access codes are covered.',
    access: 'recordings:read',
    query: ReviewsQuery,
    reply: TranscriptPage,
  })
  list(@ContractQuery(ReviewsQuery) query: ReviewsQuery, @AsCaller() caller: Caller): Promise<TranscriptPage> {
    const { limit = DEFAULT_PAGE, state = 'open', cursor } = query;
    return this.rpc.call(ListReviewsRpc, { limit, state, ...(cursor !== undefined && { cursor }) }, caller.options);
  }

  @Operation('POST', 'recordings/:recordingId/corrections', {
    id: 'correctInstructions',
    summary: 'Says what the customer said, as a person heard or read it.',
    description:
      'Fields that are left out were understood rightly; `null` says that the customer said nothing of it; no field at all ' +
      'confirms everything. The delivery’s agent is told at once, and a review that is open is closed. What was understood ' +
      'before is kept. Neither the analysis nor words heard later change what a person said.',
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
    summary: 'What persons confirmed or corrected, as lines of an evaluation set.',
    description: '`npm run eval:analysis -- --set FILE` reads it. Access codes are covered, and not judged.',
    access: 'recordings:read',
    replyMedia: NDJSON,
    status: 200,
  })
  @Header('content-type', NDJSON)
  async examples(@AsCaller() caller: Caller): Promise<string> {
    const lines: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? {} : { cursor };
      const page = await this.rpc.call(ExportExamplesRpc, { limit: EXAMPLES_AT_ONCE, ...after }, caller.options);
      lines.push(...page.items.map(({ line }) => `${line}\n`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return lines.join('');
  }
}
