import type { Recognised, UtteranceRecogniser } from './utterance-recogniser.js';

/** A recognizer, and the release of its model. */
export abstract class RecogniserHandle implements UtteranceRecogniser {
  abstract recognise(...parameters: Parameters<UtteranceRecogniser['recognise']>): Promise<Recognised>;
  abstract close(): Promise<void>;
}
