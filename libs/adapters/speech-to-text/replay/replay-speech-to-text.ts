import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { decodeWav, pickChannel } from '../audio/wav.js';

export interface ReplayOptions {
  /**
   * Folder with one `<sha256 of the recording, hex>.txt` for each recording; an empty one means that nobody speaks. A
   * `default.txt`, if there is one, is the transcript of every recording without a file of its own: for runs whose
   * recordings come into being during the run, so that nobody can know their checksums before.
   */
  readonly transcriptsDir: string;
}

/** Transcript of the recordings that have none of their own. */
export const DEFAULT_TRANSCRIPT = 'default.txt';

/** A transcript is a few hundred characters; whatever is larger was put there by mistake. */
const mostCharacters = 100_000;

/**
 * For benches and drills only: recognises nothing, but answers each recording with the transcript that was written
 * beforehand for exactly those bytes, or else for all, so that everything after the recogniser can be measured apart
 * from it. The recording must still be audio with the channel asked for. Never a stand-in for a recogniser: without a
 * transcript that was written for it a recording fails.
 */
export class ReplaySpeechToText implements SpeechToText {
  private closed = false;

  constructor(private readonly options: ReplayOptions) {}

  async transcribe({ audio, channel, language }: TranscribeRequest): Promise<Transcription> {
    if (this.closed) throw new SpeechToTextError('failed', 'The recogniser is closed.');
    const decoded = decodeWav(audio.wav);
    const samples = pickChannel(decoded, channel);
    const text = await this.transcriptOf(createHash('sha256').update(audio.wav).digest('hex'));
    if (text === '') throw new SpeechToTextError('no_speech', 'Nobody speaks in the recording.');
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
    this.closed = true;
    return Promise.resolve();
  }

  private async transcriptOf(sha256: string): Promise<string> {
    const own = `${sha256}.txt`;
    const text = (await this.read(own)) ?? (await this.read(DEFAULT_TRANSCRIPT));
    if (text === undefined) {
      throw new SpeechToTextError(
        'model_unavailable',
        `No transcript to replay: neither ${own} nor ${DEFAULT_TRANSCRIPT} exists. Write one before the recording is stored.`,
      );
    }
    if (text.length > mostCharacters) {
      throw new SpeechToTextError(
        'model_unavailable',
        `The transcript for ${sha256} has ${text.length} characters; that is no transcript.`,
      );
    }
    return text.trim().replace(/\s+/g, ' ');
  }

  /** Undefined when there is no such file. */
  private async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.options.transcriptsDir, name), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new SpeechToTextError('model_unavailable', `The transcript ${name} cannot be read.`, { cause });
    }
  }
}
