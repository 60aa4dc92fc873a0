import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { LocalTextEmbedder } from './local-text-embedder.js';

const computeCosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, component, index) => sum + component * (b[index] ?? 0), 0);

describe('LocalTextEmbedder', () => {
  let embedder: LocalTextEmbedder;
  const embed = async (...texts: string[]): Promise<Float32Array[]> => embedder.embed(texts);
  const computeSimilarity = async (first: string, second: string): Promise<number> => {
    const [a, b] = await embed(first, second);
    return a && b ? computeCosine(a, b) : NaN;
  };

  beforeAll(async () => {
    embedder = new LocalTextEmbedder({ modelDir: await ensureModel('minilm-l6-v2') });
  });
  afterAll(() => embedder.close());

  it('returns a unit vector for each text', async () => {
    const vectors = await embed('leave it at the door', 'x', 'the gate code is four two seven one');
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(computeCosine(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  it('finds similarity in meaning between texts without common words', async () => {
    const similar = await computeSimilarity('there is an aggressive dog', 'beware of the biting hound');
    const different = await computeSimilarity('there is an aggressive dog', 'please come after six in the evening');
    expect(similar).toBeGreaterThan(different + 0.2);
  });

  it('returns nearly the same vector for a text alone and in a batch with longer texts', async () => {
    const [single] = await embed('ring the bell twice');
    const batch = await embed('word '.repeat(200).trim(), 'ring the bell twice');
    expect(single && batch[1] ? computeCosine(single, batch[1]) : NaN).toBeGreaterThan(0.97);
  });

  it('truncates texts that are too long, and returns nothing for an empty list', async () => {
    const beginning = 'leave it in the garage '.repeat(60);
    expect(await computeSimilarity(beginning, `${beginning}${'a dog bites '.repeat(400)}`)).toBeGreaterThan(0.99);
    expect(await embed()).toEqual([]);
  });

  it('reports a missing model', async () => {
    const withoutModel = new LocalTextEmbedder({ modelDir: await mkdtemp(join(tmpdir(), 'delauto-no-model-')) });
    await expect(withoutModel.embed(['words'])).rejects.toMatchObject({ name: 'ProviderError', code: 'unavailable' });
    await withoutModel.close();
  });
});
