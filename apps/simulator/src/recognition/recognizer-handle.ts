import type { RecognizedSpeech, UtteranceRecognizer } from './utterance-recognizer.js';

/** A recognizer, and the release of its model. */
export abstract class RecognizerHandle implements UtteranceRecognizer {
  abstract recognize(...parameters: Parameters<UtteranceRecognizer['recognize']>): Promise<RecognizedSpeech>;
  abstract close(): Promise<void>;
}
