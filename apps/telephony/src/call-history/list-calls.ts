import { Injectable } from '@nestjs/common';
import type { CallPage, ListCallsRequest } from '#libs/contracts/index.js';
import { toPage, type OrganizationId } from '#libs/persistence/index.js';
import { toCursorKey, decodePosition } from '#libs/persistence/latest-first.js';
import { RecordingRepository } from '../recordings/recordings.module.js';
import { CallLogRepository, toCall } from '../call-log/call-log.module.js';

/** Returns a page of attempts, latest requested first. */
@Injectable()
export class ListCalls {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
  ) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(organization: OrganizationId, { limit, cursor, ...filter }: ListCallsRequest): Promise<CallPage> {
    const callLogs = await this.callLogs.findPage(organization, {
      ...filter,
      limit: limit + 1,
      after: decodePosition(cursor),
    });
    const attemptIds = callLogs.slice(0, limit).map(({ _id }) => _id);
    const recordingIds = await this.recordings.findIdsByAttempt(organization, attemptIds);
    return toPage(
      callLogs,
      limit,
      ({ acceptedAt, _id }) => toCursorKey({ at: acceptedAt, id: _id }),
      (callLog) => toCall(callLog, recordingIds.get(callLog._id)),
    );
  }
}
