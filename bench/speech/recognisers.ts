import { ensureModel } from '#deploy/local/fetch/models.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { whisperFolder, WhisperToCompare, type WhisperSize } from './whisper.js';

export interface Evaluated {
  /** Whether it can be evaluated here without being installed first. */
  readonly isInstalled: boolean;
  readonly create: () => Promise<SpeechToText>;
}

const whisper = (size: WhisperSize): Evaluated => ({
  isInstalled: whisperFolder() !== undefined,
  create: () => {
    const folder = whisperFolder();
    if (folder === undefined) throw new Error('Whisper is not part of the product: WHISPER_DIR names where it lies.');
    return WhisperToCompare.load(folder, size);
  },
});

/** Every recogniser that can be evaluated: ours by the name that `SPEECH_TO_TEXT` has for it, and what was weighed against it. */
export const RECOGNISERS: Readonly<Record<string, Evaluated>> = {
  moonshine: {
    isInstalled: true,
    create: async () => {
      const named = process.env['SPEECH_MODEL_DIR'];
      const modelDir = named === undefined || named === '' ? await ensureModel('moonshine-tiny-en') : named;
      return new MoonshineSpeechToText({ modelDir, maxAudioSeconds: 3600 });
    },
  },
  'whisper-base': whisper('base'),
  'whisper-tiny': whisper('tiny'),
};
