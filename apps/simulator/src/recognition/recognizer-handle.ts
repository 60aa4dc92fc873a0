import type { RecognizedSpeech, UtteranceRecognizer } from './utterance-recognizer.js';

/** A recognizer whose model is released by `close`. */
export abstract class RecognizerHandle implements UtteranceRecognizer {
  abstract recognize(...parameters: Parameters<UtteranceRecognizer['recognize']>): Promise<RecognizedSpeech>;
  abstract close(): Promise<void>;
}
