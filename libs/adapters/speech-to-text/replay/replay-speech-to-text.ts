import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { decodeWav, pickChannel } from '../audio/wav.js';

/** Options of `ReplaySpeechToText`. */
export interface ReplayOptions {
  /**
   * Folder with one `<sha256 of the recording, hex>.txt` per recording. An empty file means that the recording contains
   * no speech. A `default.txt`, if present, is the transcript of every recording without its own file, for runs that
   * create their recordings, whose checksums cannot be known in advance.
   */
  readonly transcriptsDir: string;
}

/** The file with the transcript of recordings without their own file. */
export const DEFAULT_TRANSCRIPT = 'default.txt';

/** A transcript has a few hundred characters. A much larger file is probably not a transcript. */
const MAX_CHARACTERS = 100_000;

/**
 * For benchmarks and drills only. Does not recognize speech: returns the transcript that was written in advance for the
 * exact bytes of the recording, or else the default transcript, so that everything after the recognizer can be measured
 * separately. The recording must still be audio with the requested channel. A recording without a transcript fails.
 */
export class ReplaySpeechToText implements SpeechToText {
  private isClosed = false;

  constructor(private readonly options: ReplayOptions) {}

  async transcribe({ audio, channel, language }: TranscribeRequest): Promise<Transcription> {
    if (this.isClosed) throw new SpeechToTextError('failed', 'The recognizer is closed.');
    const decoded = decodeWav(audio.wav);
    const samples = pickChannel(decoded, channel);
    const text = await this.findTranscript(createHash('sha256').update(audio.wav).digest('hex'));
    if (text === '') throw new SpeechToTextError('no_speech', 'The recording contains no speech.');
    const durationMs = Math.round((samples.length * 1000) / decoded.sampleRate);
    return {
      text,
      language,
      segments: [{ startMs: 0, endMs: durationMs, text, confidence: 1 }],
      durationMs,
      provider: 'replay',
      model: 'transcripts-from-files',
    };
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  private async findTranscript(sha256: string): Promise<string> {
    const fileName = `${sha256}.txt`;
    const text = (await this.read(fileName)) ?? (await this.read(DEFAULT_TRANSCRIPT));
    if (text === undefined) {
      throw new SpeechToTextError(
        'model_unavailable',
        `No transcript to replay: neither ${fileName} nor ${DEFAULT_TRANSCRIPT} exists. Write one before the recording is stored.`,
      );
    }
    if (text.length > MAX_CHARACTERS) {
      throw new SpeechToTextError(
        'model_unavailable',
        `The transcript for ${sha256} has ${text.length} characters; the maximum is ${MAX_CHARACTERS}.`,
      );
    }
    return text.trim().replace(/\s+/g, ' ');
  }

  /** @returns undefined if the file does not exist */
  private async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.options.transcriptsDir, name), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new SpeechToTextError('model_unavailable', `The transcript ${name} cannot be read.`, { cause });
    }
  }
}
