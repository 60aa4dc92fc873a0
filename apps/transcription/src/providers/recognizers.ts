import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';
import { withFailover, type ProviderResult, type NamedProvider } from './failover.js';

/** The configured recognizers, in order of preference. */
export class Recognizers implements OnApplicationShutdown {
  private readonly logger = new Logger('Transcripts');

  constructor(private readonly recognizers: readonly NamedProvider<SpeechToText>[]) {}

  /**
   * Transcribes a recording with the first recognizer that succeeds.
   * @param about fields that identify the recording in the log
   * @throws SpeechToTextError, ProviderError if none succeeds
   */
  transcribe(request: TranscribeRequest, about: object): Promise<ProviderResult<Transcription>> {
    return withFailover(
      this.recognizers,
      (recognizer) => recognizer.transcribe(request),
      (name, error) =>
        this.logger.warn({ ...about, recognizer: name }, `Recognizer failed, trying the next one: ${String(error)}`),
    );
  }

  /** Runs after the queue has drained, so that no recognizer is in use. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.recognizers.map(({ provider }) => provider.close()));
  }
}
