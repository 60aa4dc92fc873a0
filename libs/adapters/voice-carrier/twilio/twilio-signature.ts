import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { SignedWebhook, WebhookParams } from '#libs/ports/voice-carrier.js';

/** Settings for verifying the signatures of webhooks. */
export interface SignatureSettings {
  /** Accepted auth tokens: the current one and, during a rotation, the next or previous one. */
  readonly authTokens: readonly string[];
  /** The origin (and path prefix) at which Twilio reaches this app, regardless of proxies in between. */
  readonly publicUrl: string;
  readonly accountSid: string;
}

/**
 * Whether a webhook comes from Twilio for DelAuto's account. `X-Twilio-Signature` is the base64 HMAC-SHA1, keyed by the
 * auth token, of the URL followed by each parameter's name and value, sorted by name. For a JSON body, the URL contains
 * `bodySHA256` instead. Source: Twilio, "Webhooks security". All candidates are compared in constant time.
 */
export function isSignedByTwilio(webhook: SignedWebhook, settings: SignatureSettings): boolean {
  const { signature, url, params } = webhook;
  if (signature === undefined || !url.startsWith('/')) return false;
  // A parser may return lists or objects for repeated and bracketed names, which Twilio never sends.
  if (Object.values(params).some((value) => typeof value !== 'string')) return false;
  if (!isBodyCovered(webhook, settings.accountSid)) return false;
  const received = Buffer.from(signature, 'base64');
  const candidates = settings.authTokens.flatMap((token) =>
    listUrlVariants(settings.publicUrl.replace(/\/+$/, '') + url).map((variant) => sign(token, variant, params)),
  );
  return candidates.map((expected) => isEqual(received, expected)).includes(true);
}

/** Whether the signature covers the body: its form fields belong to the account, or its hash is in the signed URL. */
function isBodyCovered({ url, params, rawBody }: SignedWebhook, accountSid: string): boolean {
  if (Object.keys(params).length > 0) return params['AccountSid'] === accountSid;
  if (rawBody === undefined || rawBody.length === 0) return true;
  const expected = new URL(url, 'http://localhost').searchParams.get('bodySHA256');
  if (expected === null) return false;
  return isEqual(Buffer.from(expected, 'hex'), createHash('sha256').update(rawBody).digest());
}

function sign(authToken: string, url: string, params: WebhookParams): Buffer {
  const names = Object.keys(params).sort();
  const signedText = names.reduce((text, name) => text + name + (params[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signedText, 'utf8').digest();
}

/** Returns the URL with and without its default port, because Twilio signs either form. */
function listUrlVariants(url: string): string[] {
  const match = /^(https?):\/\/([^/?#:]+)(?::(\d+))?(.*)$/s.exec(url);
  if (match === null) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  const defaultPort = scheme === 'https' ? '443' : '80';
  if (port !== undefined && port !== defaultPort) return [url];
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}:${defaultPort}${rest}`];
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
