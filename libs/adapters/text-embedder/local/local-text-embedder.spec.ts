import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { LocalTextEmbedder } from './local-text-embedder.js';

const cosine = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, component, index) => sum + component * (other[index] ?? 0), 0);

describe('LocalTextEmbedder', () => {
  let embedder: LocalTextEmbedder;
  const embed = async (...texts: string[]): Promise<Float32Array[]> => embedder.embed(texts);
  const likeness = async (one: string, other: string): Promise<number> => {
    const [a, b] = await embed(one, other);
    return a && b ? cosine(a, b) : NaN;
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
      expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  it('finds similarity in meaning between texts without common words', async () => {
    const near = await likeness('there is an aggressive dog', 'beware of the biting hound');
    const far = await likeness('there is an aggressive dog', 'please come after six in the evening');
    expect(near).toBeGreaterThan(far + 0.2);
  });

  it('returns nearly the same vector for a text alone and in a batch with longer texts', async () => {
    const [alone] = await embed('ring the bell twice');
    const beside = await embed('word '.repeat(200).trim(), 'ring the bell twice');
    expect(alone && beside[1] ? cosine(alone, beside[1]) : NaN).toBeGreaterThan(0.97);
  });

  it('truncates texts that are too long, and returns nothing for an empty list', async () => {
    const beginning = 'leave it in the garage '.repeat(60);
    expect(await likeness(beginning, `${beginning}${'a dog bites '.repeat(400)}`)).toBeGreaterThan(0.99);
    expect(await embed()).toEqual([]);
  });

  it('reports a missing model, and works once it exists', async () => {
    const empty = new LocalTextEmbedder({ modelDir: await mkdtemp(join(tmpdir(), 'delauto-no-model-')) });
    await expect(empty.embed(['words'])).rejects.toMatchObject({ name: 'ProviderError', code: 'unavailable' });
    await empty.close();
  });
});
