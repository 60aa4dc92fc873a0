import { Controller, Inject } from '@nestjs/common';
import { GetRecordingLink, type GetRecordingLinkRequest, type RecordingLink } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetRecordingLinkQuery } from './get-recording-link.js';

@Controller()
export class RecordingsConsumer {
  constructor(@Inject(GetRecordingLinkQuery) private readonly getLink: GetRecordingLinkQuery) {}

  @OnRpc(GetRecordingLink)
  onLink({ recordingId }: GetRecordingLinkRequest, { organizationId }: QueryContext): Promise<RecordingLink> {
    return this.getLink.execute(organizationId, recordingId);
  }
}
