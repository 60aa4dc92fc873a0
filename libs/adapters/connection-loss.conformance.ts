import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedRequest, ScriptedServer } from './scripted-server.conformance.js';
import { scriptedServer } from './scripted-server.conformance.js';

export interface RequestUnderTest {
  /** Sends one request of the tested kind. Resolves when the response of `answer` has been received. */
  readonly ask: () => Promise<unknown>;
  /** Returns a successful response. */
  readonly answer: (request: ReceivedRequest) => { readonly status: number; readonly body: string };
  /** Whether the request may arrive twice without harm. */
  readonly isRepeatable: boolean;
}

/**
 * Requirements for every HTTP client when a connection is lost. A request that certainly did not arrive is repeated
 * once. A request that may have arrived is repeated once, on a new connection, only if it is repeatable. All other
 * requests must not use a kept-alive connection that may be closing (RFC 9110, 9.2.2; RFC 9112, 9.3.1).
 */
export function connectionLossConformance(name: string, open: (serverUrl: string) => RequestUnderTest): void {
  describe(`lost connections: ${name}`, () => {
    let server: ScriptedServer;
    let under: RequestUnderTest;
    beforeEach(async () => {
      server = await scriptedServer();
      under = open(server.url);
    });
    afterEach(() => server.stop());

    const respond = (response: Parameters<Parameters<ScriptedServer['answer']>[0]>[0], request: ReceivedRequest) => {
      const { status, body } = under.answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };

    /**
     * Sends two concurrent requests and responds when both have arrived, so that a keep-alive client has two idle
     * connections.
     */
    async function leaveTwoIdleConnections(): Promise<void> {
      const held: (() => void)[] = [];
      server.answer((response, request) => {
        held.push(() => respond(response, request));
        if (held.length === 2) held.forEach((release) => release());
      });
      await Promise.all([under.ask(), under.ask()]);
      server.answer(respond);
    }

    it('succeeds if the peer closes idle connections at the moment of reuse', async () => {
      await leaveTwoIdleConnections();
      server.resetReusedConnections();
      for (let round = 0; round < 3; round += 1) {
        // Some clients return a connection to their pool one turn of the event loop after its response.
        await nextTurn();
        const before = server.requests.length;
        await under.ask();
        expect(server.requests.length - before).toBeLessThanOrEqual(under.isRepeatable ? 2 : 1);
      }
    });

    it('repeats a request once if the connection was refused', async () => {
      server.answer(respond);
      await server.refuseNextConnection();
      await under.ask();
      expect(server.requests).toHaveLength(1);
    });

    it('gives up after one repetition, and does not repeat requests that are not repeatable', async () => {
      server.answer((response) => void response.socket?.resetAndDestroy());
      await expect(under.ask()).rejects.toThrow();
      expect(server.requests).toHaveLength(under.isRepeatable ? 2 : 1);
      expect(server.connections()).toBe(server.requests.length);
    });
  });
}
