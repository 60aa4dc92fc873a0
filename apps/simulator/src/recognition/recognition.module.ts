import { Module } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { createSeededRandom } from '../faults/faults.module.js';
import { RecognizerHandle } from './recognizer-handle.js';
import { SpeechRecognizer } from './utterance-recognizer.js';
import { WordErrorRecognizer } from './word-error-recognizer.js';

export { RecognizerHandle } from './recognizer-handle.js';
export type { RecognizedSpeech } from './utterance-recognizer.js';

/** Recognizes speech for a Gather: with a real recognizer, or with a configured rate of word errors. */
@Module({
  providers: [{ provide: RecognizerHandle, useFactory: createRecognizer, inject: [SimulatorConfig] }],
  exports: [RecognizerHandle],
})
export class RecognitionModule {}

/**
 * Creates the configured recognizer. Its model and native library are loaded at the first utterance, not at startup.
 */
function createRecognizer({ gather, seed }: SimulatorConfig): RecognizerHandle {
  if (gather.kind === 'word-errors') {
    const model = new WordErrorRecognizer(gather.rate, createSeededRandom(seed));
    return { recognize: (utterance) => model.recognize(utterance), close: () => Promise.resolve() };
  }
  const lazyModel = createLazy(async () => {
    const { MoonshineSpeechToText } =
      await import('#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js');
    return new MoonshineSpeechToText({ modelDir: gather.modelDir });
  });
  const recognizer = new SpeechRecognizer(async (wav, language) => {
    const { text, segments } = await (await lazyModel.get()).transcribe({ audio: { wav }, language });
    const durationMs = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const weightedConfidence = segments.reduce(
      (sum, { startMs, endMs, confidence }) => sum + confidence * (endMs - startMs),
      0,
    );
    return { text, confidence: durationMs === 0 ? 0 : Math.round((weightedConfidence / durationMs) * 1000) / 1000 };
  });
  return {
    recognize: (utterance, language) => recognizer.recognize(utterance, language),
    close: async () => {
      if (lazyModel.isStarted()) await (await lazyModel.get()).close();
    },
  };
}

/** Loads a value on first use and keeps it. */
function createLazy<T>(load: () => Promise<T>): { readonly get: () => Promise<T>; readonly isStarted: () => boolean } {
  let value: Promise<T> | undefined;
  return { get: () => (value ??= load()), isStarted: () => value !== undefined };
}
