import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Created {
  readonly sid: string;
  readonly to: string;
  readonly at: Date;
}

/**
 * A carrier that does what it is told and nothing else: it takes calls and never rings, so that a test sends each
 * webhook itself, in the order it wants. Or it takes a request and never says what became of it.
 */
export class ScriptedCarrier {
  /** Requests to create a call. */
  readonly asked: { readonly to: string; readonly attemptId: string | null }[] = [];
  /** Calls it was told to end, each as `<sid> <status>`. */
  readonly ended: string[] = [];
  /** Calls it was told to ask something else about. */
  readonly redirected: { readonly sid: string; readonly url: string }[] = [];
  /** Never answers create requests, which have no effect. */
  silent = false;
  private readonly created: Created[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** How often it was asked to place the call of one attempt. */
  timesAsked(attempt: string): number {
    return this.asked.filter(({ attemptId }) => attemptId === attempt).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://carrier');
    if (request.method === 'POST') {
      const form = new URLSearchParams(await text(request));
      const known = this.find(url);
      if (known) {
        const elsewhere = form.get('Url');
        if (elsewhere) this.redirected.push({ sid: known.sid, url: elsewhere });
        else this.ended.push(`${known.sid} ${form.get('Status') ?? ''}`);
        send(response, 200, asTwilio(known));
        return;
      }
      const to = form.get('To') ?? '';
      const callback = new URL(form.get('StatusCallback') ?? '/', 'http://telephony');
      this.asked.push({ to, attemptId: callback.searchParams.get('attemptId') });
      if (this.silent) return;
      const call = { sid: `CA${randomBytes(16).toString('hex')}`, to, at: new Date() };
      this.created.push(call);
      send(response, 201, asTwilio(call));
      return;
    }
    const found = this.find(url);
    if (found) send(response, 200, asTwilio(found));
    else if (sidIn(url) !== undefined) send(response, 404, { code: 20404, message: 'not found', status: 404 });
    else send(response, 200, this.list(url.searchParams.get('To')));
  }

  private find(url: URL): Created | undefined {
    return this.created.find(({ sid }) => sid === sidIn(url));
  }

  private list(to: string | null): object {
    const calls = this.created.filter((call) => call.to === to).map(asTwilio);
    return { calls, page: 0, page_size: 1000, uri: '/', first_page_uri: '/', next_page_uri: null };
  }
}

const sidIn = ({ pathname }: URL): string | undefined => /\/Calls\/(CA[0-9a-f]{32})\.json$/.exec(pathname)?.[1];

const asTwilio = ({ sid, to, at }: Created): object => ({
  sid,
  to,
  from: '+15005550006',
  status: 'in-progress',
  direction: 'outbound-api',
  date_created: at.toUTCString(),
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
