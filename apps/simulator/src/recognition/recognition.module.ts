import { Module } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { seededRandom } from '../faults/faults.module.js';
import { RecogniserHandle } from './recogniser-handle.js';
import { SpeechRecogniser } from './utterance-recogniser.js';
import { WordErrorRecogniser } from './word-error-recogniser.js';

export { RecogniserHandle } from './recogniser-handle.js';
export type { Recognised } from './utterance-recogniser.js';

/** How a Gather learns what a customer said: a real recogniser, or words with a set rate of errors. */
@Module({
  providers: [{ provide: RecogniserHandle, useFactory: recogniserFor, inject: [SimulatorConfig] }],
  exports: [RecogniserHandle],
})
export class RecognitionModule {}

/** The recogniser's model and its native library are loaded with the first utterance, not at the start. */
function recogniserFor({ gather, seed }: SimulatorConfig): RecogniserHandle {
  if (gather.kind === 'word-errors') {
    const model = new WordErrorRecogniser(gather.rate, seededRandom(seed));
    return { recognise: (utterance) => model.recognise(utterance), close: () => Promise.resolve() };
  }
  const loading = lazily(async () => {
    const { MoonshineSpeechToText } =
      await import('#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js');
    return new MoonshineSpeechToText({ modelDir: gather.modelDir });
  });
  const recogniser = new SpeechRecogniser(async (wav, language) => {
    const { text, segments } = await (await loading.get()).transcribe({ audio: { wav }, language });
    const weight = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const certain = segments.reduce((sum, { startMs, endMs, confidence }) => sum + confidence * (endMs - startMs), 0);
    return { text, confidence: weight === 0 ? 0 : Math.round((certain / weight) * 1000) / 1000 };
  });
  return {
    recognise: (utterance, language) => recogniser.recognise(utterance, language),
    close: async () => {
      if (loading.started()) await (await loading.get()).close();
    },
  };
}

function lazily<T>(load: () => Promise<T>): { readonly get: () => Promise<T>; readonly started: () => boolean } {
  let value: Promise<T> | undefined;
  return { get: () => (value ??= load()), started: () => value !== undefined };
}
