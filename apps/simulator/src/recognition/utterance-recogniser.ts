import type { Language } from '#libs/domain/language/language.values.js';
/** What a customer says on a call. */
export interface SpokenUtterance {
  readonly id: string;
  /** Word for word. */
  readonly text: string;
  /** The sound of it; undefined for words that were given as text only. */
  readonly wav: Buffer | undefined;
}

export interface Recognised {
  /** Empty when nothing was understood. */
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Where a Gather gets its text from. */
export interface UtteranceRecogniser {
  recognise(utterance: SpokenUtterance, language: string): Promise<Recognised>;
}

/** Turns sound into words; given by the composition root. */
export type TranscribeWav = (wav: Buffer, language: Language) => Promise<Recognised>;

/** Listens to the utterance's own sound. The same sound yields the same words, so each is recognised once. */
export class SpeechRecogniser implements UtteranceRecogniser {
  private readonly known = new Map<string, Promise<Recognised>>();

  constructor(private readonly transcribe: TranscribeWav) {}

  recognise(utterance: SpokenUtterance, language: string): Promise<Recognised> {
    if (utterance.wav === undefined) return Promise.resolve({ text: '', confidence: 0 });
    const spoken = language.toLowerCase().startsWith('es') ? 'es' : 'en';
    const key = `${spoken} ${utterance.id}`;
    let result = this.known.get(key);
    if (result === undefined) {
      result = this.transcribe(utterance.wav, spoken);
      this.known.set(key, result);
      // A failure is not remembered: the next call tries again.
      result.catch(() => this.known.delete(key));
    }
    return result;
  }
}
