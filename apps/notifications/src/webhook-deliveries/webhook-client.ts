import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { sendRequest } from '#libs/http/send-request.js';
import { isPublicAddress, type AddressPolicy } from '../addresses/addresses.module.js';
import { parseRetryAfter, type PostResult } from './retry-schedule.js';

/** A signed webhook, ready to be sent. */
export interface WebhookRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

const TIMEOUT_MS = 10_000;

/**
 * Posts webhooks. The resolved IP address is checked when the connection is made, so that a host name that resolves to
 * DelAuto's network is refused (DNS rebinding). Redirects are not followed.
 */
export class WebhookClient {
  constructor(
    private readonly policy: AddressPolicy,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /** Sends one request. Never throws: an error is returned as the result. */
  async post(webhook: WebhookRequest): Promise<PostResult> {
    const problem = this.policy.findUrlProblem(webhook.url);
    if (problem !== undefined) return { kind: 'failed', reason: `The URL is not allowed: ${problem}.` };
    try {
      const { statusCode, headers } = await this.exchange(webhook);
      const retryAfterSeconds = parseRetryAfter(headers['retry-after'], new Date());
      return {
        kind: 'responded',
        status: statusCode ?? 0,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown' };
    }
  }

  private async exchange({ url, body, headers }: WebhookRequest): Promise<IncomingMessage> {
    const response = await sendRequest(new URL(url), {
      method: 'POST',
      // The timeout covers the whole exchange, so that a server that responds slowly cannot occupy a worker.
      signal: AbortSignal.timeout(this.timeoutMs),
      // Receivers drop a second message with the same `webhook-id` (Standard Webhooks).
      isIdempotent: true,
      needsNewConnection: true,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'DelAuto-Webhooks/1' },
      body,
      ...(this.policy.isPrivateAllowed ? {} : { lookup: lookupPublicAddresses }),
    });
    // Only the status matters. The body is drained so that the server can finish; the timeout ends an endless one.
    response.on('error', () => undefined).resume();
    return response;
  }
}

/** Resolves a name as Node does, and refuses it if any of its addresses is not on the public internet. */
function lookupPublicAddresses(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, []);
      return;
    }
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      callback(new Error(`${hostname} does not resolve to the public internet.`), []);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
}
