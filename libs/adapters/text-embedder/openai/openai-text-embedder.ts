import type { TextEmbedder } from '#libs/ports/text-embedder.js';
import { OpenAiClient, type OpenAiAccount } from '../../openai/openai-client.js';
import { createUnexpectedResponseError } from '../../openai/openai-errors.js';
import { normalize } from '../normalize.js';

/** Options of `OpenAiTextEmbedder`. */
export interface OpenAiEmbedderOptions extends OpenAiAccount {
  /** `text-embedding-3-small` or a later model that supports a reduced number of dimensions. */
  readonly model: string;
  /** Vectors with fewer dimensions are smaller and faster to search, and slightly less accurate. */
  readonly dimensions: number;
}

/** The models accept 8,192 tokens, and no token is shorter than a character. */
const MAX_CHARACTERS = 8_000;

/** Embeds texts with OpenAI's embedding models. */
export class OpenAiTextEmbedder implements TextEmbedder {
  readonly model: string;
  readonly dimensions: number;
  private readonly client: OpenAiClient;

  constructor(private readonly options: OpenAiEmbedderOptions) {
    this.client = new OpenAiClient(options);
    this.dimensions = options.dimensions;
    this.model = `openai/${options.model}/${options.dimensions}`;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (texts.length === 0) return [];
    const { model, dimensions } = this.options;
    const input = texts.map((text) => text.slice(0, MAX_CHARACTERS).toWellFormed());
    const response = await this.client.request((openai, options) =>
      openai.embeddings.create({ model, dimensions, input, encoding_format: 'float' }, options),
    );
    const vectors = new Map((response.data ?? []).map(({ index, embedding }) => [index, embedding]));
    return texts.map((_, index) => {
      const vector = vectors.get(index);
      if (vector?.length === dimensions) return normalize(Float32Array.from(vector));
      throw createUnexpectedResponseError(`no vector of ${dimensions} dimensions for text ${index}`);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
