import { Controller } from '@nestjs/common';
import {
  GetRecordingRpc,
  ListRecordingsRpc,
  type GetRecordingRequest,
  type ListRecordingsRequest,
  type Recording,
  type RecordingPage,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { ListRecordings } from './list-recordings.js';
import { toRecording } from './recording.mapper.js';
import { RecordingRepository } from './recording.repository.js';

/** RPCs that read recordings. */
@Controller()
export class RecordingsRpc {
  constructor(
    private readonly listRecordings: ListRecordings,
    private readonly recordings: RecordingRepository,
  ) {}

  @OnRpc(ListRecordingsRpc)
  onList(request: ListRecordingsRequest, { organizationId }: QueryContext): Promise<RecordingPage> {
    return this.listRecordings.execute(organizationId, request);
  }

  @OnRpc(GetRecordingRpc)
  async onGet({ recordingId }: GetRecordingRequest, { organizationId }: QueryContext): Promise<Recording> {
    return toRecording(await this.recordings.load(organizationId, recordingId));
  }
}
