import { ProviderError } from '#libs/ports/errors.js';
import type { TextEmbedder } from '#libs/ports/text-embedder.js';
import { WorkerThread } from '../../worker-thread/worker-thread.js';
import type { MiniLmOptions } from './minilm-model.js';

export type LocalEmbedderOptions = Pick<MiniLmOptions, 'modelDir'> & Partial<MiniLmOptions>;

const DIMENSIONS = 384;
/** Texts in one inference. More are no faster, and make a search wait that comes in between. */
const BATCH = 16;

/**
 * all-MiniLM-L6-v2 on the CPU, in a worker thread: English sentences as vectors of 384 dimensions, in some milliseconds
 * each. Spanish is understood as far as its words resemble English ones.
 */
export class LocalTextEmbedder implements TextEmbedder {
  readonly model = 'local/all-MiniLM-L6-v2/q8';
  readonly dimensions = DIMENSIONS;
  private readonly thread: WorkerThread<readonly string[], Float32Array[]>;

  constructor({ modelDir, threads = 1 }: LocalEmbedderOptions) {
    const data: MiniLmOptions = { modelDir, threads };
    this.thread = new WorkerThread({
      ...{ name: 'embedder', besides: import.meta.url, file: 'worker', data },
      asError: ({ message }, cause) =>
        new ProviderError({
          ...{ provider: 'local_embedder', code: 'unavailable', effect: 'none' },
          ...{ message: `The embedding model could not be used: ${message}`, cause },
        }),
    });
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let first = 0; first < texts.length; first += BATCH) {
      vectors.push(...(await this.thread.ask(texts.slice(first, first + BATCH))));
    }
    return vectors;
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
