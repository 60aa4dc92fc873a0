import { ensureModel } from '#deploy/local/fetch/models.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { whisperFolder, WhisperToCompare, type WhisperSize } from './whisper.js';

export interface EvaluatedRecognizer {
  /** Whether it can be evaluated here without installing it first. */
  readonly isInstalled: boolean;
  readonly create: () => Promise<SpeechToText>;
}

const whisper = (size: WhisperSize): EvaluatedRecognizer => ({
  isInstalled: whisperFolder() !== undefined,
  create: () => {
    const folder = whisperFolder();
    if (folder === undefined)
      throw new Error('Whisper is not part of the product: set WHISPER_DIR to the folder where it is installed.');
    return WhisperToCompare.load(folder, size);
  },
});

/** Every recognizer that can be evaluated: the product's under its `SPEECH_TO_TEXT` name, and the alternatives. */
export const RECOGNIZERS: Readonly<Record<string, EvaluatedRecognizer>> = {
  moonshine: {
    isInstalled: true,
    create: async () => {
      const configuredDir = process.env['SPEECH_MODEL_DIR'];
      const modelDir =
        configuredDir === undefined || configuredDir === '' ? await ensureModel('moonshine-tiny-en') : configuredDir;
      return new MoonshineSpeechToText({ modelDir, maxAudioSeconds: 3600 });
    },
  },
  'whisper-base': whisper('base'),
  'whisper-tiny': whisper('tiny'),
};
