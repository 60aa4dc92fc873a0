import { Inject, Injectable, Logger } from '@nestjs/common';
import { ObjectStore } from '#libs/ports/object-store.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { firstThatAnswers, type NamedProvider } from './first-that-answers.js';
import { fetchRecording } from './fetch-recording.js';
import { storedWords } from './transcribed-payload.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';
import { withWords } from './transcript.js';

/** The recognisers, in the order in which they are asked. */
export const SPEECH_TO_TEXT = Symbol('SPEECH_TO_TEXT');

/** A recording of ten minutes takes well under a minute; after this the recogniser hangs. */
const DEADLINE_MS = 10 * 60_000;

/** The customer's words out of a recording, told to the mesh once. */
@Injectable()
export class TranscribeRecording {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly steps: TranscriptSteps,
    private readonly store: ObjectStore,
    @Inject(SPEECH_TO_TEXT) private readonly recognisers: readonly NamedProvider<SpeechToText>[],
  ) {}

  execute(item: TranscriptWork): Promise<void> {
    return this.steps.run(item, 'waiting', async ({ recording, deliveryId, attemptId }) => {
      const began = performance.now();
      const request = {
        audio: { wav: await fetchRecording(this.store, recording) },
        channel: recording.customerChannel,
        language: recording.language,
        deadlineMs: DEADLINE_MS,
      };
      const { answer: heard } = await firstThatAnswers(
        this.recognisers,
        (recogniser) => recogniser.transcribe(request),
        (name, error) =>
          this.logger.warn({ ...item.payload, recogniser: name }, `The next one is asked: ${String(error)}`),
      );
      const words = storedWords(heard);
      const { provider, durationMs } = words;
      const tookMs = Math.round(performance.now() - began);
      const fields = { ...item.payload, deliveryId, attemptId, provider, durationMs, tookMs };
      this.logger.log(fields, `Transcribed ${(durationMs / 1000).toFixed(1)} s of audio in ${tookMs} ms.`);
      return (transcript, now) => withWords(transcript, words, now);
    });
  }
}
