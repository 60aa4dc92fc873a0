import { ProviderError } from '#libs/ports/errors.js';
import type { TextEmbedder } from '#libs/ports/text-embedder.js';
import { WorkerThread } from '../../worker-thread/worker-thread.js';
import type { MiniLmOptions } from './minilm-model.js';

/** Options of `LocalTextEmbedder`. `threads`: default 1. */
export type LocalEmbedderOptions = Pick<MiniLmOptions, 'modelDir'> & Partial<MiniLmOptions>;

const DIMENSIONS = 384;
/** Texts per inference. A larger batch is not faster, and it delays the searches that arrive meanwhile. */
const BATCH_SIZE = 16;

/**
 * Embeds texts with all-MiniLM-L6-v2 on the CPU, in a worker thread: 384 dimensions, a few milliseconds per sentence.
 * The model is for English. For Spanish it is useful only where the words resemble English words.
 */
export class LocalTextEmbedder implements TextEmbedder {
  readonly model = 'local/all-MiniLM-L6-v2/q8';
  readonly dimensions = DIMENSIONS;
  private readonly thread: WorkerThread<readonly string[], Float32Array[]>;

  constructor({ modelDir, threads = 1 }: LocalEmbedderOptions) {
    const data: MiniLmOptions = { modelDir, threads };
    this.thread = new WorkerThread({
      name: 'embedder',
      siblingUrl: import.meta.url,
      file: 'worker',
      data,
      toError: ({ message }, cause) =>
        new ProviderError({
          provider: 'local_embedder',
          code: 'unavailable',
          effect: 'none',
          message: `The embedding model could not be used: ${message}`,
          cause,
        }),
    });
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let first = 0; first < texts.length; first += BATCH_SIZE) {
      vectors.push(...(await this.thread.request(texts.slice(first, first + BATCH_SIZE))));
    }
    return vectors;
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
