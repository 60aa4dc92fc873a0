import { Inject, Injectable } from '@nestjs/common';
import { notFound, type RecordingLink } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { ObjectStore } from '#libs/ports/object-store.js';
import { OBJECT_STORE } from '../ports.js';
import { RecordingRepository } from './recording.repository.js';

const LINK_SECONDS = 15 * 60;

/** A link by which one recording can be heard for a quarter of an hour. */
@Injectable()
export class GetRecordingLinkQuery {
  constructor(
    @Inject(RecordingRepository) private readonly recordings: RecordingRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also while the recording is not stored yet */
  async execute(organization: OrganizationId, recordingId: string): Promise<RecordingLink> {
    const { objectKey } = await this.recordings.load(organization, recordingId);
    if (objectKey === undefined) throw notFound('stored recording', recordingId);
    const expiresAt = new Date(this.clock.now().getTime() + LINK_SECONDS * 1_000);
    const url = await this.objects.presignGet(objectKey, { expiresSeconds: LINK_SECONDS, contentType: 'audio/wav' });
    return { url, expiresAt: expiresAt.toISOString() };
  }
}
