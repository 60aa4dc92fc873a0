import { Injectable } from '@nestjs/common';
import type { ListRecordingsRequest, RecordingPage } from '#libs/contracts/index.js';
import { toPage, type OrganizationId } from '#libs/persistence/index.js';
import { toCursorKey, decodePosition } from '#libs/persistence/latest-first.js';
import { toStoredStates, toRecording } from './recording.mapper.js';
import { RecordingRepository } from './recording.repository.js';

/** Returns a page of recordings, latest first. */
@Injectable()
export class ListRecordings {
  constructor(private readonly recordings: RecordingRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that this list did not issue */
  async execute(
    organization: OrganizationId,
    { limit, cursor, state, ...filter }: ListRecordingsRequest,
  ): Promise<RecordingPage> {
    const recordings = await this.recordings.findPage(organization, {
      ...filter,
      states: state && toStoredStates(state),
      limit: limit + 1,
      after: decodePosition(cursor),
    });
    return toPage(recordings, limit, ({ reportedAt, _id }) => toCursorKey({ at: reportedAt, id: _id }), toRecording);
  }
}
