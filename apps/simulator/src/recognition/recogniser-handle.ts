import type { Recognised, UtteranceRecogniser } from './utterance-recogniser.js';

/** A recogniser and how to let go of its model. */
export abstract class RecogniserHandle implements UtteranceRecogniser {
  abstract recognise(...parameters: Parameters<UtteranceRecogniser['recognise']>): Promise<Recognised>;
  abstract close(): Promise<void>;
}
