import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';
import { withFailover, type Answer, type NamedProvider } from './failover.js';

/** The configured recognizers, in order of preference. */
export class Recognizers implements OnApplicationShutdown {
  private readonly logger = new Logger('Transcripts');

  constructor(private readonly inOrder: readonly NamedProvider<SpeechToText>[]) {}

  /**
   * Transcribes a recording by the first recognizer that succeeds.
   * @param about fields that identify the recording in the log
   * @throws SpeechToTextError, ProviderError if none succeeds
   */
  transcribe(request: TranscribeRequest, about: object): Promise<Answer<Transcription>> {
    return withFailover(
      this.inOrder,
      (recognizer) => recognizer.transcribe(request),
      (name, error) =>
        this.logger.warn({ ...about, recognizer: name }, `Recognizer failed, trying the next one: ${String(error)}`),
    );
  }

  /** The queue has drained by now. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.inOrder.map(({ provider }) => provider.close()));
  }
}
