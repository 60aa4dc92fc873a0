import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReceivedRequest, ScriptedServer } from './scripted-server.conformance.js';
import { scriptedServer } from './scripted-server.conformance.js';

export interface RequestUnderTest {
  /** Sends one request of the kind; resolves when it was answered as `answer` does. */
  readonly ask: () => Promise<unknown>;
  /** A good answer. */
  readonly answer: (request: ReceivedRequest) => { readonly status: number; readonly body: string };
  /** Whether a second arrival does no harm. */
  readonly isRepeatable: boolean;
}

/**
 * What every HTTP client must do when a connection is lost. A request that certainly did not arrive is sent again, once.
 * One that may have arrived is sent again, once and on a new connection, only if its repetition does no harm: all others
 * must not be sent where a kept connection may be closing (RFC 9110, 9.2.2; RFC 9112, 9.3.1).
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

    /** Two requests at once, answered only when both are there: a client that keeps connections has two idle ones. */
    async function leaveTwoIdleConnections(): Promise<void> {
      const held: (() => void)[] = [];
      server.answer((response, request) => {
        held.push(() => respond(response, request));
        if (held.length === 2) held.forEach((release) => release());
      });
      await Promise.all([under.ask(), under.ask()]);
      server.answer(respond);
    }

    it('succeeds where the peer closes idle connections as they are used again', async () => {
      await leaveTwoIdleConnections();
      server.resetReusedConnections();
      for (let asked = 0; asked < 3; asked += 1) {
        // Some clients take a connection back one turn of the event loop after its answer.
        await nextTurn();
        const before = server.requests.length;
        await under.ask();
        expect(server.requests.length - before).toBeLessThanOrEqual(under.isRepeatable ? 2 : 1);
      }
    });

    it('asks again, once, where the connection was refused', async () => {
      server.answer(respond);
      await server.refuseNextConnection();
      await under.ask();
      expect(server.requests).toHaveLength(1);
    });

    it('gives up after one repetition, and repeats nothing that would do harm twice', async () => {
      server.answer((response) => void response.socket?.resetAndDestroy());
      await expect(under.ask()).rejects.toThrow();
      expect(server.requests).toHaveLength(under.isRepeatable ? 2 : 1);
      expect(server.connections()).toBe(server.requests.length);
    });
  });
}
