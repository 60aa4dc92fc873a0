import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface CreatedCall {
  readonly sid: string;
  readonly to: string;
  readonly at: Date;
}

/**
 * A carrier that accepts calls but never rings, so that a test sends each webhook itself, in any order. It can also
 * leave requests without a response.
 */
export class ScriptedCarrier {
  /** Requests to create a call. */
  readonly createRequests: { readonly to: string; readonly attemptId: string | null }[] = [];
  /** Requests to end a call, each as `<sid> <status>`. */
  readonly ended: string[] = [];
  /** Requests to redirect a call to another URL. */
  readonly redirected: { readonly sid: string; readonly url: string }[] = [];
  /** Whether create requests get no response and have no effect. */
  silent = false;
  private readonly created: CreatedCall[] = [];
  private readonly server: Server = createServer((request, response) => void this.respond(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The number of requests to create the call of an attempt. */
  countCreateRequests(attempt: string): number {
    return this.createRequests.filter(({ attemptId }) => attemptId === attempt).length;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://carrier');
    if (request.method === 'POST') {
      const form = new URLSearchParams(await text(request));
      const existing = this.find(url);
      if (existing) {
        const redirectUrl = form.get('Url');
        if (redirectUrl) this.redirected.push({ sid: existing.sid, url: redirectUrl });
        else this.ended.push(`${existing.sid} ${form.get('Status') ?? ''}`);
        send(response, 200, toTwilioCall(existing));
        return;
      }
      const to = form.get('To') ?? '';
      const callback = new URL(form.get('StatusCallback') ?? '/', 'http://telephony');
      this.createRequests.push({ to, attemptId: callback.searchParams.get('attemptId') });
      if (this.silent) return;
      const call = { sid: `CA${randomBytes(16).toString('hex')}`, to, at: new Date() };
      this.created.push(call);
      send(response, 201, toTwilioCall(call));
      return;
    }
    const found = this.find(url);
    if (found) send(response, 200, toTwilioCall(found));
    else if (parseSid(url) !== undefined) send(response, 404, { code: 20404, message: 'not found', status: 404 });
    else send(response, 200, this.list(url.searchParams.get('To')));
  }

  private find(url: URL): CreatedCall | undefined {
    return this.created.find(({ sid }) => sid === parseSid(url));
  }

  private list(to: string | null): object {
    const calls = this.created.filter((call) => call.to === to).map(toTwilioCall);
    return { calls, page: 0, page_size: 1000, uri: '/', first_page_uri: '/', next_page_uri: null };
  }
}

const parseSid = ({ pathname }: URL): string | undefined => /\/Calls\/(CA[0-9a-f]{32})\.json$/.exec(pathname)?.[1];

const toTwilioCall = ({ sid, to, at }: CreatedCall): object => ({
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
