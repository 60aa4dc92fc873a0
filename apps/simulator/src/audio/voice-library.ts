import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readWav, SAMPLE_RATE_HZ } from './wav.js';

/** One recorded utterance of a customer. */
export interface Voice {
  readonly id: string;
  /** The words as they were recorded. */
  readonly text: string;
  readonly file: string;
  readonly durationMs: number;
}

interface VoiceList {
  readonly voices: readonly { readonly id: string; readonly text: string; readonly file: string }[];
}

/** The WAV files of `voices/`, read on first use and cached. */
export class VoiceLibrary {
  private readonly voices = new Map<string, { id: string; text: string; file: string }>();
  private readonly contents = new Map<string, Buffer>();
  private readonly samples = new Map<string, Int16Array>();

  /** @param folder contains `voices.json` and the files that it lists */
  constructor(private readonly folder: string) {
    const list = JSON.parse(readFileSync(join(folder, 'voices.json'), 'utf8')) as VoiceList;
    for (const voice of list.voices) this.voices.set(voice.id, voice);
  }

  listIds(): string[] {
    return [...this.voices.keys()];
  }

  get(id: string): Voice | undefined {
    const voice = this.voices.get(id);
    if (voice === undefined) return undefined;
    return { ...voice, durationMs: (this.readSamples(voice.file).length * 1000) / SAMPLE_RATE_HZ };
  }

  /** Reads the whole WAV file. */
  read(file: string): Buffer {
    let content = this.contents.get(file);
    if (content === undefined) {
      content = readFileSync(join(this.folder, file));
      this.contents.set(file, content);
    }
    return content;
  }

  /** Reads the samples of a WAV file. */
  readSamples(file: string): Int16Array {
    let samples = this.samples.get(file);
    if (samples === undefined) {
      samples = readWav(this.read(file));
      this.samples.set(file, samples);
    }
    return samples;
  }
}

/** Finds the folder of committed voices, both from the sources and from the compiled tree. */
export function findVoicesFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'apps', 'simulator', 'voices');
    if (existsSync(join(candidate, 'voices.json'))) return candidate;
    if (dirname(folder) === folder) {
      throw new Error('apps/simulator/voices/voices.json was not found; run the simulator from within the repository.');
    }
  }
}
