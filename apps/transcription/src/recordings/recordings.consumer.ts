import { Controller } from '@nestjs/common';
import { RecordingStored, type EventEnvelope, type RecordingStoredPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { OpenTranscript } from './open-transcript.js';

/** Consumes recordings that telephony stored. */
@Controller()
export class RecordingsConsumer {
  constructor(private readonly openTranscript: OpenTranscript) {}

  @OnEvent(RecordingStored)
  onStored({ payload }: EventEnvelope<RecordingStoredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.openTranscript.execute(organizationId, payload, tx);
  }
}
