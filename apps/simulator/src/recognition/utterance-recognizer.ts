import type { Language } from '#libs/domain/language/language.values.js';

/** An utterance of a customer in one turn of a call. */
export interface SpokenUtterance {
  readonly id: string;
  /** The words that the customer said, without recognition errors. */
  readonly text: string;
  /** The audio as a WAV file; undefined if the utterance exists only as text. */
  readonly wav: Buffer | undefined;
}

/** The result of speech recognition. */
export interface RecognizedSpeech {
  /** Empty if nothing was recognized. */
  readonly text: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** Recognizes the speech of a caller for Twilio's `<Gather input="speech">`. */
export interface UtteranceRecognizer {
  /** @param language the `language` attribute of `<Gather>`, a BCP 47 tag such as `es-MX` */
  recognize(utterance: SpokenUtterance, language: string): Promise<RecognizedSpeech>;
}

/** Transcribes audio. Injected by the recognition module. */
export type TranscribeWav = (wav: Buffer, language: Language) => Promise<RecognizedSpeech>;

/** Transcribes the utterance's audio. The same audio yields the same text, so results are cached. */
export class SpeechRecognizer implements UtteranceRecognizer {
  private readonly results = new Map<string, Promise<RecognizedSpeech>>();

  constructor(private readonly transcribe: TranscribeWav) {}

  recognize(utterance: SpokenUtterance, language: string): Promise<RecognizedSpeech> {
    if (utterance.wav === undefined) return Promise.resolve({ text: '', confidence: 0 });
    const speechLanguage = language.toLowerCase().startsWith('es') ? 'es' : 'en';
    const key = `${speechLanguage} ${utterance.id}`;
    let result = this.results.get(key);
    if (result === undefined) {
      result = this.transcribe(utterance.wav, speechLanguage);
      this.results.set(key, result);
      // A failure is not cached, so that the next request for the utterance transcribes it again.
      result.catch(() => this.results.delete(key));
    }
    return result;
  }
}
