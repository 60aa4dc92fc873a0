/** Embeds texts as vectors: texts of similar meaning have similar vectors. */
export abstract class TextEmbedder {
  /**
   * Name and version of the model. Vectors of different models cannot be compared: texts embedded by another model are
   * embedded again first.
   */
  abstract readonly model: string;
  abstract readonly dimensions: number;
  /**
   * @param texts at most 256, none empty; texts that exceed the model's input length are truncated
   * @returns one unit vector per text, in the same order
   * @throws ProviderError if the provider fails
   */
  abstract embed(texts: readonly string[]): Promise<Float32Array[]>;
  abstract close(): Promise<void>;
}

/** Maximum number of texts per call of `TextEmbedder.embed`. */
export const MAX_TEXTS_PER_CALL = 256;
