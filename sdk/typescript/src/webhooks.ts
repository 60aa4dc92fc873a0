import type { WebhookData } from './generated.js';

/** A webhook as it was sent; `type` tells what `data` is. */
export type Webhook = {
  readonly [T in keyof WebhookData]: { readonly type: T; readonly timestamp: string; readonly data: WebhookData[T] };
}[keyof WebhookData];

export class WebhookSignatureError extends Error {
  override readonly name = 'WebhookSignatureError';
}

/** A webhook older or newer than this was not sent just now: somebody may be repeating it. */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies a webhook by Standard Webhooks and reads it.
 * @param secret as it was told when the endpoint was created: `whsec_…`
 * @param header a request header by its lower-case name
 * @param body the body exactly as it was received
 * @throws WebhookSignatureError when it was not signed with the secret, or not just now
 */
export async function readWebhook(
  secret: string,
  header: (name: string) => string | null | undefined,
  body: string,
  now: Date = new Date(),
): Promise<Webhook> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header);
  if (!id || !timestamp || !signatures)
    throw new WebhookSignatureError('The headers of Standard Webhooks are missing.');
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (!(age <= TOLERANCE_SECONDS)) throw new WebhookSignatureError('The webhook was not sent just now.');
  const key = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(' ')) {
    const [version, value = ''] = signature.split(',', 2);
    // The comparison is the platform's own, in constant time.
    if (version === 'v1' && (await crypto.subtle.verify('HMAC', key, bytesOf(value), signed))) {
      return JSON.parse(body) as Webhook;
    }
  }
  throw new WebhookSignatureError('The webhook was not signed with this secret.');
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
