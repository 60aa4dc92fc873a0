/** Turns texts into vectors whose nearness is nearness in meaning. Throws `ProviderError` when its provider fails. */
export interface TextEmbedder {
  /**
   * Names model and version. Vectors of two models cannot be compared: what was embedded by another one is embedded
   * anew before it is compared.
   */
  readonly model: string;
  readonly dimensions: number;
  /**
   * @param texts at most 256, none empty; what is longer than the model reads is cut
   * @returns one vector of length 1 for each, in their order
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** Most texts for one call. */
export const MOST_TEXTS_AT_ONCE = 256;
