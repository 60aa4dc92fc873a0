import { httpFetch } from '#libs/http/http-fetch.js';
import type { ProviderErrorCode } from '#libs/ports/errors.js';
import { ProviderError } from '#libs/ports/errors.js';
import type { PushOptions, PushSender, PushSubscription } from '#libs/ports/push.js';
import { PushSubscriptionGoneError } from '#libs/ports/push.js';
import { readRetryAfter } from '../../retry-after.js';

/** The identity with which DelAuto authenticates to push services. */
export interface WebPushOptions {
  /** Identifies DelAuto to push services: a `mailto:` or `https:` URL (RFC 8292). */
  readonly subject: string;
  /** VAPID key pair, base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** Default: 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Whether to accept endpoints without TLS, for a push service on the same machine. */
  readonly allowInsecureEndpoints?: boolean | undefined;
}

const PROVIDER = 'web-push';
const DEFAULT_TIMEOUT_MS = 10_000;

/** For messages with a topic. A push service replaces a pending message with the same topic, so they are idempotent. */
const fetchIdempotent = httpFetch({ isIdempotent: true });
const fetchOnce = httpFetch({ isIdempotent: false });

interface EncryptedMessage {
  readonly endpoint: string;
  readonly headers: object;
  readonly body: Buffer;
}

/**
 * Sends Web Push messages (RFC 8030, 8188, 8291, 8292). The package `web-push` encrypts and signs them. This class
 * sends the request itself, so that it can set the timeout and the retries.
 */
export class WebPushSender implements PushSender {
  constructor(private readonly options: WebPushOptions) {}

  async send(subscription: PushSubscription, payload: string, options: PushOptions): Promise<void> {
    this.checkEndpoint(subscription.endpoint);
    const request = await this.encrypt(subscription, payload, options);
    const response = await this.post(request, options.topic === undefined ? fetchOnce : fetchIdempotent);
    // Read the body completely, so that the connection can be reused.
    const explanation = (await response.text().catch(() => '')).slice(0, 200);
    if (response.ok) return;
    if (response.status === 404 || response.status === 410) {
      throw new PushSubscriptionGoneError(subscription.endpoint);
    }
    throw new ProviderError({
      provider: PROVIDER,
      code: toErrorCode(response.status),
      effect: response.status >= 500 ? 'unknown' : 'none',
      message: `The push service responded with ${response.status}: ${explanation || 'no explanation'}`,
      retryAfterMs: readRetryAfter(response.headers.get('retry-after'), new Date()),
      vendorCode: String(response.status),
    });
  }

  private checkEndpoint(endpoint: string): void {
    const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : '';
    if (protocol === 'https:' || (protocol === 'http:' && this.options.allowInsecureEndpoints === true)) return;
    throw createInvalidInputError('The endpoint of a push subscription must be an https URL.');
  }

  private async encrypt(subscription: PushSubscription, payload: string, options: PushOptions) {
    const { default: webPush } = await import('web-push');
    const { subject, publicKey, privateKey } = this.options;
    try {
      return webPush.generateRequestDetails(subscription, payload, {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: options.ttlSeconds,
        urgency: options.urgency,
        contentEncoding: 'aes128gcm',
        ...(options.topic !== undefined && { topic: options.topic }),
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw createInvalidInputError(`The push message could not be encrypted: ${reason}`, cause);
    }
  }

  private async post({ endpoint, headers, body }: EncryptedMessage, send: typeof fetch): Promise<Response> {
    const requestHeaders = Object.entries(headers as Record<string, unknown>)
      // fetch sets the length itself.
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]): [string, string] => [name, String(value)]);
    try {
      return await send(endpoint, {
        method: 'POST',
        headers: requestHeaders,
        body: new Uint8Array(body),
        // The endpoint comes from a client. Following redirects would allow requests to other hosts (SSRF).
        redirect: 'manual',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      });
    } catch (cause) {
      const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
      throw new ProviderError({
        provider: PROVIDER,
        code: isTimeout ? 'timeout' : 'unavailable',
        effect: 'unknown',
        message: `The push service at ${new URL(endpoint).origin} is unreachable.`,
        cause,
      });
    }
  }
}

function toErrorCode(status: number): ProviderErrorCode {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 400 || status === 413) return 'invalid_input';
  return status >= 500 ? 'unavailable' : 'rejected';
}

function createInvalidInputError(message: string, cause?: unknown): ProviderError {
  return new ProviderError({ provider: PROVIDER, code: 'invalid_input', effect: 'none', message, cause });
}
