import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { SignedWebhook, WebhookParams } from '#libs/ports/voice-carrier.js';

export interface SignatureSettings {
  /** Tokens that count as Twilio's, the present one and, while rotating, the next or last. */
  readonly authTokens: readonly string[];
  /** The origin (and path prefix) under which Twilio reaches this app; what proxies made of it does not matter. */
  readonly publicUrl: string;
  readonly accountSid: string;
}

/**
 * Whether a webhook comes from Twilio, for our account: `X-Twilio-Signature` is base64 of HMAC-SHA1, keyed by the auth
 * token, over the URL followed by each parameter's name and value in the order of names; for a JSON body the URL holds
 * `bodySHA256` instead. Source: Twilio, "Webhooks security". All candidates are compared in constant time.
 */
export function isSignedByTwilio(webhook: SignedWebhook, settings: SignatureSettings): boolean {
  const { signature, url, params } = webhook;
  if (signature === undefined || !url.startsWith('/')) return false;
  // A parser may give lists or objects for repeated and bracketed names; Twilio sends neither.
  if (Object.values(params).some((value) => typeof value !== 'string')) return false;
  if (!isBodyCovered(webhook, settings.accountSid)) return false;
  const given = Buffer.from(signature, 'base64');
  const candidates = settings.authTokens.flatMap((token) =>
    urlForms(settings.publicUrl.replace(/\/+$/, '') + url).map((form) => sign(token, form, params)),
  );
  return candidates.map((expected) => isEqual(given, expected)).includes(true);
}

function isBodyCovered({ url, params, rawBody }: SignedWebhook, accountSid: string): boolean {
  if (Object.keys(params).length > 0) return params['AccountSid'] === accountSid;
  if (rawBody === undefined || rawBody.length === 0) return true;
  const expected = new URL(url, 'http://localhost').searchParams.get('bodySHA256');
  if (expected === null) return false;
  return isEqual(Buffer.from(expected, 'hex'), createHash('sha256').update(rawBody).digest());
}

function sign(authToken: string, url: string, params: WebhookParams): Buffer {
  const names = Object.keys(params).sort();
  const signed = names.reduce((text, name) => text + name + (params[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest();
}

/** Twilio signs some URLs with and some without their standard port. */
function urlForms(url: string): string[] {
  const match = /^(https?):\/\/([^/?#:]+)(?::(\d+))?(.*)$/s.exec(url);
  if (match === null) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  const standard = scheme === 'https' ? '443' : '80';
  if (port !== undefined && port !== standard) return [url];
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}:${standard}${rest}`];
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
