import { Module } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { seededRandom } from '../faults/faults.module.js';
import { RecogniserHandle } from './recogniser-handle.js';
import { SpeechRecogniser } from './utterance-recogniser.js';
import { WordErrorRecogniser } from './word-error-recogniser.js';

export { RecogniserHandle } from './recogniser-handle.js';
export type { Recognised } from './utterance-recogniser.js';

/** Recognizes speech for a Gather: with a real recognizer, or with a configured rate of word errors. */
@Module({
  providers: [{ provide: RecogniserHandle, useFactory: createRecognizer, inject: [SimulatorConfig] }],
  exports: [RecogniserHandle],
})
export class RecognitionModule {}

/** The model and its native library are loaded at the first utterance, not at the start. */
function createRecognizer({ gather, seed }: SimulatorConfig): RecogniserHandle {
  if (gather.kind === 'word-errors') {
    const model = new WordErrorRecogniser(gather.rate, seededRandom(seed));
    return { recognise: (utterance) => model.recognise(utterance), close: () => Promise.resolve() };
  }
  const loading = lazily(async () => {
    const { MoonshineSpeechToText } =
      await import('#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js');
    return new MoonshineSpeechToText({ modelDir: gather.modelDir });
  });
  const recognizer = new SpeechRecogniser(async (wav, language) => {
    const { text, segments } = await (await loading.get()).transcribe({ audio: { wav }, language });
    const durationMs = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const weightedConfidence = segments.reduce(
      (sum, { startMs, endMs, confidence }) => sum + confidence * (endMs - startMs),
      0,
    );
    return { text, confidence: durationMs === 0 ? 0 : Math.round((weightedConfidence / durationMs) * 1000) / 1000 };
  });
  return {
    recognise: (utterance, language) => recognizer.recognise(utterance, language),
    close: async () => {
      if (loading.started()) await (await loading.get()).close();
    },
  };
}

function lazily<T>(load: () => Promise<T>): { readonly get: () => Promise<T>; readonly started: () => boolean } {
  let value: Promise<T> | undefined;
  return { get: () => (value ??= load()), started: () => value !== undefined };
}
