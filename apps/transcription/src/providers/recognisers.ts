import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';
import { firstThatAnswers, type Answer, type NamedProvider } from './first-that-answers.js';

/** The configured recognisers, in the order in which they are asked. */
export class Recognisers implements OnApplicationShutdown {
  private readonly logger = new Logger('Transcripts');

  constructor(private readonly inOrder: readonly NamedProvider<SpeechToText>[]) {}

  /**
   * What the first recogniser that answers has heard.
   * @param about names the recording in the log
   * @throws SpeechToTextError, ProviderError when none answers
   */
  transcribe(request: TranscribeRequest, about: object): Promise<Answer<Transcription>> {
    return firstThatAnswers(
      this.inOrder,
      (recogniser) => recogniser.transcribe(request),
      (name, error) => this.logger.warn({ ...about, recogniser: name }, `The next one is asked: ${String(error)}`),
    );
  }

  /** The queue has let its work end by now. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.inOrder.map(({ provider }) => provider.close()));
  }
}
