import { ensureModel } from '#deploy/local/fetch/models.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';

/** Every recogniser that can be evaluated here, by the name that `SPEECH_TO_TEXT` has for it. */
export const RECOGNISERS: Readonly<Record<string, () => Promise<SpeechToText>>> = {
  moonshine: async () => {
    const named = process.env['SPEECH_MODEL_DIR'];
    const modelDir = named === undefined || named === '' ? await ensureModel('moonshine-tiny-en') : named;
    return new MoonshineSpeechToText({ modelDir, maxAudioSeconds: 3600 });
  },
};
