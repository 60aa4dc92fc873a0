import { Controller } from '@nestjs/common';
import { GetRecordingLinkRpc, type GetRecordingLinkRequest, type RecordingLink } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetRecordingLink } from './get-recording-link.js';

/** RPC that creates links to recordings. */
@Controller()
export class ListeningRpc {
  constructor(private readonly getLink: GetRecordingLink) {}

  @OnRpc(GetRecordingLinkRpc)
  onLink(request: GetRecordingLinkRequest, { organizationId }: QueryContext): Promise<RecordingLink> {
    return this.getLink.execute(organizationId, request);
  }
}
