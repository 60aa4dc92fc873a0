import type { Language } from '#libs/domain/language/language.values.js';
/** Speech of a customer on a call. */
export interface SpokenUtterance {
  readonly id: string;
  /** The exact words. */
  readonly text: string;
  /** The audio; undefined for text without a voice. */
  readonly wav: Buffer | undefined;
}

export interface RecognizedSpeech {
  /** Empty if nothing was recognized. */
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Recognizes an utterance for a Gather. */
export interface UtteranceRecognizer {
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
    const spoken = language.toLowerCase().startsWith('es') ? 'es' : 'en';
    const key = `${spoken} ${utterance.id}`;
    let result = this.results.get(key);
    if (result === undefined) {
      result = this.transcribe(utterance.wav, spoken);
      this.results.set(key, result);
      // A failure is not cached: the next call tries again.
      result.catch(() => this.results.delete(key));
    }
    return result;
  }
}
