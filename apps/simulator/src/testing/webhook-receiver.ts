import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import twilio from 'twilio';

/** A webhook that the application received. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the twilio library accepts the signature. */
  readonly signatureValid: boolean;
}

type Reply = string | { readonly status: number; readonly body?: string; readonly contentType?: string };
type Handler = (webhook: ReceivedWebhook) => Reply | Promise<Reply>;

/** A small Twilio application: replies with TwiML by path and records the webhooks that it receives. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  private readonly handlers = new Map<string, Handler>();
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly authToken: string,
  ) {
    server.on('request', (request, response) => void this.handle(request, response));
  }

  static async start(authToken: string): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new WebhookReceiver(server, `http://127.0.0.1:${port}`, authToken);
  }

  /** Sets the reply at `path`; a string is TwiML. Other paths reply 204. */
  on(path: string, handler: Handler): this {
    this.handlers.set(path, handler);
    return this;
  }

  at(path: string): ReceivedWebhook[] {
    return this.received.filter((webhook) => webhook.path === path);
  }

  /** Resolves with the webhooks at `path` when there are `count` of them. @throws Error after `deadlineMs` real ms */
  async waitFor(path: string, count = 1, deadlineMs = 120_000): Promise<ReceivedWebhook[]> {
    return this.waitUntil(() => this.at(path).length >= count, `${count} webhooks at ${path}`, deadlineMs).then(() =>
      this.at(path),
    );
  }

  async waitUntil(condition: () => boolean, what: string, deadlineMs = 120_000): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.listeners.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.listeners.delete(check);
        const lastWebhooks = this.received
          .map(({ path, parameters }) => `${path} ${parameters['CallStatus'] ?? ''}`)
          .slice(-20)
          .join(', ');
        reject(new Error(`Waited ${deadlineMs} ms for ${what}; received last: ${lastWebhooks || 'none'}.`));
      }, deadlineMs);
      this.listeners.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    const signature = String(request.headers['x-twilio-signature'] ?? '');
    const webhook: ReceivedWebhook = {
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      parameters,
      signatureValid: twilio.validateRequest(this.authToken, signature, this.url + (request.url ?? ''), parameters),
    };
    const reply = (await this.handlers.get(url.pathname)?.(webhook)) ?? { status: 204 };
    const { status, body, contentType } =
      typeof reply === 'string' ? { status: 200, body: reply, contentType: undefined } : reply;
    response.writeHead(status, { 'content-type': contentType ?? 'text/xml' }).end(body ?? '');
    this.received.push(webhook);
    for (const listener of [...this.listeners]) listener();
  }
}
