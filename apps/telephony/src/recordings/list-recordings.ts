import { Injectable } from '@nestjs/common';
import type { ListRecordingsRequest, RecordingPage } from '#libs/contracts/index.js';
import { pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { keyOfPlace, placeOf } from '#libs/persistence/latest-first.js';
import { statesSeenAs, toRecording } from './recording.mapper.js';
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
    const found = await this.recordings.page(organization, {
      ...filter,
      states: state && statesSeenAs(state),
      limit: limit + 1,
      after: placeOf(cursor),
    });
    return pageOf(found, limit, ({ reportedAt, _id }) => keyOfPlace({ at: reportedAt, id: _id }), toRecording);
  }
}
