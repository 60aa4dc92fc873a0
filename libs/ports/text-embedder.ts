/** Turns texts into vectors whose nearness is nearness in meaning. Throws `ProviderError` when its provider fails. */
export abstract class TextEmbedder {
  /**
   * Names model and version. Vectors of two models cannot be compared: what was embedded by another one is embedded
   * anew before it is compared.
   */
  abstract readonly model: string;
  abstract readonly dimensions: number;
  /**
   * @param texts at most 256, none empty; what is longer than the model reads is cut
   * @returns one vector of length 1 for each, in their order
   */
  abstract embed(texts: readonly string[]): Promise<Float32Array[]>;
  abstract close(): Promise<void>;
}

/** Most texts for one call. */
export const MOST_TEXTS_AT_ONCE = 256;
