import { setImmediate as nextMacrotask } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedRequest, ScriptedServer } from './scripted-server.conformance.js';
import { startScriptedServer } from './scripted-server.conformance.js';

/** A request of the tested client. */
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
 * once. A request that may have arrived is repeated once, on a new connection, only if it is repeatable. Requests that
 * are not repeatable must not use a kept-alive connection that may be closing (RFC 9110, section 9.2.2; RFC 9112,
 * section 9.3.1).
 */
export function connectionLossConformance(name: string, open: (serverUrl: string) => RequestUnderTest): void {
  describe(`lost connections: ${name}`, () => {
    let server: ScriptedServer;
    let underTest: RequestUnderTest;
    beforeEach(async () => {
      server = await startScriptedServer();
      underTest = open(server.url);
    });
    afterEach(() => server.stop());

    const respond = (
      response: Parameters<Parameters<ScriptedServer['setResponse']>[0]>[0],
      request: ReceivedRequest,
    ) => {
      const { status, body } = underTest.answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };

    /**
     * Sends two concurrent requests and responds when both have arrived, so that a keep-alive client has two idle
     * connections.
     */
    async function createTwoIdleConnections(): Promise<void> {
      const delayedResponses: (() => void)[] = [];
      server.setResponse((response, request) => {
        delayedResponses.push(() => respond(response, request));
        if (delayedResponses.length === 2) delayedResponses.forEach((sendResponse) => sendResponse());
      });
      await Promise.all([underTest.ask(), underTest.ask()]);
      server.setResponse(respond);
    }

    it('succeeds if the peer closes idle connections at the moment of reuse', async () => {
      await createTwoIdleConnections();
      server.resetReusedConnections();
      for (let round = 0; round < 3; round += 1) {
        // Some clients return a connection to their pool in the event-loop iteration after its response.
        await nextMacrotask();
        const requestsBefore = server.requests.length;
        await underTest.ask();
        expect(server.requests.length - requestsBefore).toBeLessThanOrEqual(underTest.isRepeatable ? 2 : 1);
      }
    });

    it('repeats a request once if the connection was refused', async () => {
      server.setResponse(respond);
      await server.refuseNextConnection();
      await underTest.ask();
      expect(server.requests).toHaveLength(1);
    });

    it('fails after one repetition, and does not repeat requests that are not repeatable', async () => {
      server.setResponse((response) => void response.socket?.resetAndDestroy());
      await expect(underTest.ask()).rejects.toThrow();
      expect(server.requests).toHaveLength(underTest.isRepeatable ? 2 : 1);
      expect(server.countConnections()).toBe(server.requests.length);
    });
  });
}
