import type { WebhookData } from './generated.js';

/** A webhook. `type` determines the type of `data`. */
export type Webhook = {
  readonly [T in keyof WebhookData]: { readonly type: T; readonly timestamp: string; readonly data: WebhookData[T] };
}[keyof WebhookData];

export class WebhookSignatureError extends Error {
  override readonly name = 'WebhookSignatureError';
}

/** Maximum age of a webhook. An older one may be a replay. */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies a webhook according to Standard Webhooks and parses it.
 * @param secret the signing secret returned when the endpoint was created: `whsec_…`
 * @param header returns a request header by its lower-case name
 * @param body the request body exactly as received
 * @throws WebhookSignatureError if the signature is invalid or the timestamp is not recent
 */
export async function readWebhook(
  secret: string,
  header: (name: string) => string | null | undefined,
  body: string,
  now: Date = new Date(),
): Promise<Webhook> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header);
  if (!id || !timestamp || !signatures) throw new WebhookSignatureError('The Standard Webhooks headers are missing.');
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (!(age <= TOLERANCE_SECONDS)) throw new WebhookSignatureError('The timestamp of the webhook is not recent.');
  const key = await crypto.subtle.importKey(
    'raw',
    decodeBase64(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const signedContent = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(' ')) {
    const [version, value = ''] = signature.split(',', 2);
    // The platform compares in constant time.
    if (version === 'v1' && (await crypto.subtle.verify('HMAC', key, decodeBase64(value), signedContent))) {
      return JSON.parse(body) as Webhook;
    }
  }
  throw new WebhookSignatureError('The signature of the webhook does not match the secret.');
}

function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
