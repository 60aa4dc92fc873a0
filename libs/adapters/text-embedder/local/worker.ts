import { workerData } from 'node:worker_threads';

import { serveRequests } from '../../worker-thread/serve-requests.js';
import { MiniLmModel, type MiniLmOptions } from './minilm-model.js';

// Entry point of the embedder's worker thread. Loads the model with the first texts. If loading fails, the next request
// loads it again.
let loading: Promise<MiniLmModel> | undefined;

function loadModel(): Promise<MiniLmModel> {
  loading ??= MiniLmModel.load(workerData as MiniLmOptions).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

serveRequests({
  order: 'sequential',
  handle: async (texts: readonly string[]) => (await loadModel()).embed(texts),
  toFailure: (error) => ({ code: 'unavailable', message: error instanceof Error ? error.message : String(error) }),
  release: async () => (await loading?.catch(() => undefined))?.release(),
});
