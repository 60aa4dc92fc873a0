import { workerData } from 'node:worker_threads';

import { serveRequests } from '../../worker-thread/serve-requests.js';
import { MiniLmModel, type MiniLmOptions } from './minilm-model.js';

/** Entry point of the embedder's worker thread. Loads the model with the first texts, and retries if that failed. */
let loading: Promise<MiniLmModel> | undefined;

function model(): Promise<MiniLmModel> {
  loading ??= MiniLmModel.load(workerData as MiniLmOptions).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

serveRequests({
  order: 'in-turn',
  answer: async (texts: readonly string[]) => (await model()).embed(texts),
  describe: (error) => ({ code: 'unavailable', message: error instanceof Error ? error.message : String(error) }),
  release: async () => (await loading?.catch(() => undefined))?.release(),
});
