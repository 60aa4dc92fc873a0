import { Controller } from '@nestjs/common';
import { GetTranscriptRpc, type GetTranscriptRequest, type Transcript } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { ReadTranscript } from './read-transcript.js';

/** RPCs that read transcripts. */
@Controller()
export class TranscriptsRpc {
  constructor(private readonly readTranscript: ReadTranscript) {}

  @OnRpc(GetTranscriptRpc)
  get(request: GetTranscriptRequest, { organizationId }: QueryContext): Promise<Transcript> {
    return this.readTranscript.execute(organizationId, request);
  }
}
