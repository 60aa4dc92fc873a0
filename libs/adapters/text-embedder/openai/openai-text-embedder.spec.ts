import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiFaultsConformance } from '../../openai/openai-faults.conformance.js';
import { connectionLossConformance } from '../../connection-loss.conformance.js';
import { startScriptedServer, type ScriptedServer } from '../../scripted-server.conformance.js';
import { OpenAiTextEmbedder } from './openai-text-embedder.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());

const createEmbedder = (timeoutMs?: number): OpenAiTextEmbedder =>
  new OpenAiTextEmbedder({
    apiKey: 'sk-test',
    baseUrl: `${server.url}/v1`,
    model: 'text-embedding-3-small',
    dimensions: 3,
    timeoutMs,
  });

describe('OpenAiTextEmbedder', () => {
  const respondWith = (data: readonly object[]): void =>
    server.setJsonResponse(200, {
      object: 'list',
      model: 'text-embedding-3-small',
      data,
      usage: { prompt_tokens: 1, total_tokens: 1 },
    });

  it('returns unit vectors in the order of the texts, regardless of the response order', async () => {
    respondWith([
      { object: 'embedding', index: 1, embedding: [0, 0, 2] },
      { object: 'embedding', index: 0, embedding: [3, 4, 0] },
    ]);
    const vectors = await createEmbedder().embed(['one', 'two']);
    expect(vectors.map((vector) => [...vector].map((value) => Math.round(value * 10) / 10))).toEqual([
      [0.6, 0.8, 0],
      [0, 0, 1],
    ]);
    const { path, body, authorization } = server.requests.at(-1) ?? {};
    expect(path).toBe('/v1/embeddings');
    expect(authorization).toBe('Bearer sk-test');
    expect(JSON.parse(body?.toString() ?? '')).toEqual({
      model: 'text-embedding-3-small',
      dimensions: 3,
      encoding_format: 'float',
      input: ['one', 'two'],
    });
  });

  it('rejects vectors with the wrong number of dimensions, and missing vectors', async () => {
    respondWith([{ object: 'embedding', index: 0, embedding: [1, 0] }]);
    await expect(createEmbedder().embed(['one'])).rejects.toMatchObject({ code: 'unavailable' });
    respondWith([{ object: 'embedding', index: 0, embedding: [1, 0, 0] }]);
    await expect(createEmbedder().embed(['one', 'two'])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('sends no request for an empty list', async () => {
    const requestsBefore = server.requests.length;
    expect(await createEmbedder().embed([])).toEqual([]);
    expect(server.requests.length).toBe(requestsBefore);
  });
});

openAiFaultsConformance(
  'OpenAI embeddings',
  () => server,
  ({ timeoutMs } = {}) => createEmbedder(timeoutMs).embed(['leave it at the door']),
);

connectionLossConformance('OpenAI embeddings', (serverUrl) => {
  const account = { apiKey: 'sk-test', baseUrl: `${serverUrl}/v1` };
  const embedder = new OpenAiTextEmbedder({ ...account, model: 'text-embedding-3-small', dimensions: 3 });
  const body = JSON.stringify({ object: 'list', data: [{ object: 'embedding', index: 0, embedding: [1, 0, 0] }] });
  return { ask: () => embedder.embed(['one']), answer: () => ({ status: 200, body }), isRepeatable: true };
});
