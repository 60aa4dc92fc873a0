import { Injectable } from '@nestjs/common';
import type { CallDetails, GetCallRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { CallLogRepository, toCallDetails } from '../call-log/call-log.module.js';
import { RecordingRepository } from '../recordings/recordings.module.js';

/** Returns one attempt with its conversation. */
@Injectable()
export class GetCall {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
  ) {}

  /** @throws CodedError `not_found` */
  async execute(organization: OrganizationId, { attemptId }: GetCallRequest): Promise<CallDetails> {
    const callLog = await this.callLogs.loadCall(organization, attemptId);
    const recordingIds = await this.recordings.findIdsByAttempt(organization, [attemptId]);
    return toCallDetails(callLog, recordingIds.get(attemptId));
  }
}
