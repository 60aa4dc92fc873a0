import { Controller, Inject } from '@nestjs/common';
import { RecordingStored, type EventEnvelope, type RecordingStoredPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { OpenTranscript } from './open-transcript.js';

/** Telephony's recordings. */
@Controller()
export class RecordingsConsumer {
  constructor(@Inject(OpenTranscript) private readonly openTranscript: OpenTranscript) {}

  @OnEvent(RecordingStored)
  onStored({ payload }: EventEnvelope<RecordingStoredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.openTranscript.execute(organizationId, payload, tx);
  }
}
