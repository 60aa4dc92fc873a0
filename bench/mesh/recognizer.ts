import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import { SpeechToTextError, type SpeechToText } from '#libs/ports/speech-to-text.js';

/** The simulated customers' utterances: real speech in telephone quality. */
const VOICES = join('apps', 'simulator', 'voices');

export interface RecognizerFigures {
  readonly utterances: number;
  readonly audioSeconds: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Transcribes the first `count` utterances once, one after another, on one thread, with the model already loaded. */
export async function measureRecognizer(modelDir: string, count: number): Promise<RecognizerFigures> {
  const list = JSON.parse(await readFile(join(VOICES, 'voices.json'), 'utf8')) as { voices: { file: string }[] };
  const wavs = await Promise.all(list.voices.slice(0, count).map(({ file }) => readFile(join(VOICES, file))));
  const recognizer = new MoonshineSpeechToText({ modelDir });
  try {
    const [first] = wavs;
    if (!first) throw new Error(`${VOICES} contains no utterances.`);
    await transcribe(recognizer, first);
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    for (const wav of wavs) await transcribe(recognizer, wav);
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      utterances: wavs.length,
      audioSeconds: wavs.reduce((sum, wav) => sum + toSeconds(wav), 0),
      wallSeconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1_000_000,
    };
  } finally {
    await recognizer.close();
  }
}

/** Ignores the error of an utterance without words (a mumble), because the recognizer has processed it, too. */
async function transcribe(recognizer: SpeechToText, wav: Buffer): Promise<void> {
  try {
    await recognizer.transcribe({ audio: { wav }, language: 'en' });
  } catch (error) {
    if (!(error instanceof SpeechToTextError && error.code === 'no_speech')) throw error;
  }
}

function toSeconds(wav: Buffer): number {
  const { channels, sampleRate } = decodeWav(wav);
  return (channels[0]?.length ?? 0) / sampleRate;
}
