import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { normalize } from '../normalize.js';

/** Options of `MiniLmModel.load`. */
export interface MiniLmOptions {
  /** Folder with `model_quantized.onnx`, `tokenizer.json` and `tokenizer_config.json`. */
  readonly modelDir: string;
  /** Maximum number of threads of one inference. */
  readonly threads: number;
}

/** Number of dimensions of the model’s embeddings. */
export const DIMENSIONS = 384;
/** The model was trained on 256 word pieces. It accepts more, at lower quality. */
const MAX_TOKENS = 256;

/** all-MiniLM-L6-v2 with 8-bit weights, on the CPU. */
export class MiniLmModel {
  private constructor(
    private readonly session: InferenceSession,
    private readonly tokenizer: Tokenizer,
  ) {}

  static async load({ modelDir, threads }: MiniLmOptions): Promise<MiniLmModel> {
    const readJson = async (name: string): Promise<object> =>
      JSON.parse(await readFile(join(modelDir, name), 'utf8')) as object;
    const tokenizer = new Tokenizer(await readJson('tokenizer.json'), await readJson('tokenizer_config.json'));
    const session = await InferenceSession.create(join(modelDir, 'model_quantized.onnx'), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
    });
    return new MiniLmModel(session, tokenizer);
  }

  /**
   * Embeds all texts in one inference, padded to the longest.
   * @returns one unit vector per text
   */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const encoded = texts.map((text) => this.toTokenIds(text));
    const width = Math.max(...encoded.map(({ length }) => length));
    const output = await this.session.run({
      input_ids: toPaddedTensor(encoded, width, (id) => id),
      attention_mask: toPaddedTensor(encoded, width, () => 1),
      token_type_ids: toPaddedTensor(encoded, width, () => 0),
    });
    const states = output['last_hidden_state']?.data as Float32Array;
    return encoded.map(({ length }, row) => meanPool(states, row * width, length));
  }

  release(): Promise<void> {
    return this.session.release();
  }

  /** Truncates to the maximum length. Keeps the model's first and last special token. */
  private toTokenIds(text: string): number[] {
    const { ids } = this.tokenizer.encode(text);
    const last = ids.at(-1);
    return ids.length <= MAX_TOKENS || last === undefined ? ids : [...ids.slice(0, MAX_TOKENS - 1), last];
  }
}

/** @param toValue maps a token ID to the value of the tensor; padding is 0 */
function toPaddedTensor(rows: readonly (readonly number[])[], width: number, toValue: (id: number) => number): Tensor {
  const data = new BigInt64Array(rows.length * width);
  for (const [row, ids] of rows.entries()) {
    for (const [column, id] of ids.entries()) data[row * width + column] = BigInt(toValue(id));
  }
  return new Tensor('int64', data, [rows.length, width]);
}

/** Returns the mean of the states of a text's tokens without padding (mean pooling), as the model was trained. */
function meanPool(states: Float32Array, firstToken: number, tokens: number): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (let token = 0; token < tokens; token += 1) {
    const start = (firstToken + token) * DIMENSIONS;
    for (let at = 0; at < DIMENSIONS; at += 1) sum[at] = (sum[at] ?? 0) + (states[start + at] ?? 0);
  }
  return normalize(sum);
}
