import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type * as Onnx from 'onnxruntime-node';

import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { endsInLoop } from '../repetition.js';
import { beginOfText, decodeTokens, endOfText, parseVocabulary } from './tokenizer.js';

/** Samples per second that the model requires. */
export const moonshineSampleRate = 16_000;
/** Minimum number of samples for the encoder's convolutions. */
const MIN_SAMPLES = 4_000;

/** Architecture of Moonshine tiny (arXiv 2410.15608). */
const SHAPE = { layers: 6, heads: 8, headSize: 36 } as const;
/** The limit of Moonshine's authors against endless output, with a minimum for short, fast sentences. */
const TOKEN_LIMIT = { perSecond: 6.5, atLeast: 12 } as const;

/** The transcription of one segment. */
export interface RecognizedSpeech {
  readonly text: string;
  /** Geometric mean of the token probabilities, 0 to 1. */
  readonly confidence: number;
  /** Number of tokens. */
  readonly tokens: number;
  /** True if the decoder repeated itself until it was stopped. The text is then not a transcript. */
  readonly isLooped: boolean;
}

type Runtime = typeof Onnx;
type Feeds = Record<string, Onnx.Tensor>;

/** Moonshine's encoder and decoder in ONNX Runtime, with greedy decoding over a key-value cache. Not reentrant. */
export class MoonshineModel {
  private readonly cachedOutputs: readonly string[];

  private constructor(
    private readonly runtime: Runtime,
    private readonly encoder: Onnx.InferenceSession,
    private readonly decoder: Onnx.InferenceSession,
    private readonly vocabulary: readonly Buffer[],
  ) {
    // Only the first step returns the encoder's keys and values. In later steps, which use the cache, these outputs are
    // empty.
    this.cachedOutputs = decoder.outputNames.filter((name) => !name.includes('.encoder.'));
  }

  /**
   * @param modelDir contains `encoder_model.ort`, `decoder_model_merged.ort` and `tokenizer.bin`
   * @param threads maximum number of threads of one operation
   * @throws SpeechToTextError `model_unavailable`
   */
  static async load(modelDir: string, threads: number): Promise<MoonshineModel> {
    try {
      const runtime = await loadRuntime();
      const options = { intraOpNumThreads: threads, interOpNumThreads: 1, executionProviders: ['cpu'] };
      const open = (file: string) => runtime.InferenceSession.create(join(modelDir, file), options);
      const vocabulary = parseVocabulary(await readFile(join(modelDir, 'tokenizer.bin')));
      return new MoonshineModel(
        runtime,
        await open('encoder_model.ort'),
        await open('decoder_model_merged.ort'),
        vocabulary,
      );
    } catch (cause) {
      throw new SpeechToTextError(
        'model_unavailable',
        `The Moonshine model could not be loaded from ${modelDir}; download its files there or configure another folder.`,
        { cause },
      );
    }
  }

  /**
   * Transcribes one segment of speech.
   * @param samples at 16 kHz, at most 30 s
   * @param isCanceled called before every token
   * @returns undefined if canceled
   */
  async recognize(samples: Float32Array, isCanceled: () => boolean): Promise<RecognizedSpeech | undefined> {
    const encoded = await this.encode(samples);
    const seconds = samples.length / moonshineSampleRate;
    const limit = Math.max(TOKEN_LIMIT.atLeast, Math.ceil(seconds * TOKEN_LIMIT.perSecond));
    const tokens: number[] = [];
    let logProbability = 0;
    let cache = this.createEmptyCache();
    for (let step = 0; step < limit; step++) {
      if (isCanceled()) return undefined;
      const outputs = await this.decodeStep(tokens.at(-1) ?? beginOfText, encoded, cache, step > 0);
      const best = argMax(getFloats(outputs, 'logits'));
      logProbability += best.logProbability;
      if (best.token === endOfText) {
        return this.toSpeech(tokens, logProbability / (tokens.length + 1), false);
      }
      tokens.push(best.token);
      if (endsInLoop(tokens)) return this.toSpeech(tokens, logProbability / tokens.length, true);
      cache = { ...cache, ...toNextCache(outputs) };
    }
    return this.toSpeech(tokens, logProbability / tokens.length, false);
  }

  async release(): Promise<void> {
    await this.encoder.release();
    await this.decoder.release();
  }

  private async encode(samples: Float32Array): Promise<Feeds> {
    const length = Math.max(samples.length, MIN_SAMPLES);
    const input = new Float32Array(length);
    input.set(samples);
    const { Tensor } = this.runtime;
    const mask = new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length]);
    const outputs = await this.encoder.run({
      input_values: new Tensor('float32', input, [1, length]),
      attention_mask: mask,
    });
    const hidden = outputs['last_hidden_state'];
    if (hidden === undefined) throw new SpeechToTextError('failed', 'The encoder returned no hidden state.');
    // The decoder downsamples the mask itself, so it requires one entry per sample, not one per hidden state.
    return { encoder_hidden_states: hidden, encoder_attention_mask: mask };
  }

  private decodeStep(token: number, encoded: Feeds, cache: Feeds, usesCache: boolean): Promise<Feeds> {
    const { Tensor } = this.runtime;
    const feeds = {
      ...encoded,
      ...cache,
      input_ids: new Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]),
      use_cache_branch: new Tensor('bool', Uint8Array.of(usesCache ? 1 : 0), [1]),
    };
    return this.decoder.run(feeds, usesCache ? this.cachedOutputs : this.decoder.outputNames);
  }

  private createEmptyCache(): Feeds {
    const cache: Feeds = {};
    for (let layer = 0; layer < SHAPE.layers; layer++) {
      for (const part of ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']) {
        const dims = [1, SHAPE.heads, 0, SHAPE.headSize];
        cache[`past_key_values.${layer}.${part}`] = new this.runtime.Tensor('float32', new Float32Array(0), dims);
      }
    }
    return cache;
  }

  private toSpeech(tokens: readonly number[], meanLogProbability: number, isLooped: boolean): RecognizedSpeech {
    const text = decodeTokens(this.vocabulary, tokens);
    return { text, confidence: Math.min(1, Math.exp(meanLogProbability)), tokens: tokens.length, isLooped };
  }
}

/** Loads ONNX Runtime on first use, because it alone takes 20 MB of memory. */
async function loadRuntime(): Promise<Runtime> {
  const module = (await import('onnxruntime-node')) as Runtime & { default?: Runtime };
  return module.default ?? module;
}

/** Renames the decoder's outputs to the inputs of its next step. */
function toNextCache(outputs: Feeds): Feeds {
  const entries = Object.entries(outputs)
    .filter(([name]) => name.startsWith('present.'))
    .map(([name, tensor]) => [name.replace('present.', 'past_key_values.'), tensor] as const);
  return Object.fromEntries(entries);
}

function getFloats(outputs: Feeds, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data === undefined || !('BYTES_PER_ELEMENT' in data)) {
    throw new SpeechToTextError('failed', `The decoder returned no ${name}.`);
  }
  return data as Float32Array;
}

/** Returns the arg max of one row of logits, with its log softmax. */
function argMax(logits: Float32Array): { token: number; logProbability: number } {
  let token = 0;
  let highest = -Infinity;
  for (let index = 0; index < logits.length; index++) {
    const value = logits[index] ?? -Infinity;
    if (value > highest) {
      highest = value;
      token = index;
    }
  }
  let sum = 0;
  for (let index = 0; index < logits.length; index++) sum += Math.exp((logits[index] ?? -Infinity) - highest);
  return { token, logProbability: -Math.log(sum) };
}
