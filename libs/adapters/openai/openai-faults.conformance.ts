import { describe, expect, it } from 'vitest';
import type { ScriptedServer } from '../scripted-server.conformance.js';

/**
 * Requirements for the error handling of every OpenAI adapter.
 * @param sendRequest sends one request of the tested adapter to `server`
 */
export function openAiFaultsConformance(
  name: string,
  server: () => ScriptedServer,
  sendRequest: (options?: { readonly timeoutMs?: number }) => Promise<unknown>,
): void {
  describe(`${name}: OpenAI errors`, () => {
    const errorBody = (code: string | null, message: string) => ({
      error: { code, message, param: null, type: 'error' },
    });

    it.each([
      [429, 'rate_limited', errorBody('rate_limit_exceeded', 'Slow down.')],
      [429, 'unauthorized', errorBody('insufficient_quota', 'You exceeded your current quota.')],
      [401, 'unauthorized', errorBody('invalid_api_key', 'Incorrect API key provided.')],
      [404, 'not_found', errorBody('model_not_found', 'The model does not exist.')],
      [400, 'rejected', errorBody(null, 'Invalid value.')],
      [500, 'unavailable', errorBody('server_error', 'The server had an error.')],
      [503, 'unavailable', errorBody(null, 'Overloaded.')],
    ])('maps status %i to %s, with OpenAI’s message', async (status, code, body) => {
      server().setJsonResponse(status, body);
      const requestsBefore = server().requests.length;
      await expect(sendRequest()).rejects.toMatchObject({
        name: 'ProviderError',
        provider: 'openai',
        code,
        effect: 'none',
        message: expect.stringContaining(body.error.message) as unknown,
      });
      // One request only: callers retry through their queue, and two layers of retries would multiply.
      expect(server().requests.length).toBe(requestsBefore + 1);
    });

    it.each([
      [{ 'retry-after': '7' }, 7_000],
      [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    ])('returns the retry delay from %j', async (headers, retryAfterMs) => {
      server().setJsonResponse(429, errorBody('rate_limit_exceeded', 'Slow down.'), headers);
      await expect(sendRequest()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs });
    });

    it('maps an HTML error page of a gateway to unavailable', async () => {
      server().setResponse(
        (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>'),
      );
      await expect(sendRequest()).rejects.toMatchObject({ code: 'unavailable' });
    });

    it('maps a truncated response to unavailable', async () => {
      server().setResponse((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"text": "leave it', () => response.destroy());
      });
      await expect(sendRequest()).rejects.toMatchObject({ code: 'unavailable' });
    });

    it.each([
      ['invalid JSON', 'leave it at the door'],
      ['an empty object', '{}'],
    ])('maps a successful status with %s to unavailable', async (_case, body) => {
      server().setResponse(
        (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      );
      await expect(sendRequest()).rejects.toMatchObject({ code: 'unavailable' });
    });

    it('maps a missing response to timeout', async () => {
      server().setResponse(() => undefined);
      await expect(sendRequest({ timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
    });
  });
}
