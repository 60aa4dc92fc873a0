import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = 'sealed.1.';

/** A signing secret of 256 random bits, in the form of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The `webhook-id` of an event at an endpoint. It follows from both, so however often the event is handled or sent, the
 * partner sees the same id and can drop what it has.
 */
export function webhookIdOf(eventId: string, endpointId: string): string {
  return `whk_${createHash('sha256').update(`${eventId} ${endpointId}`).digest('base64url').slice(0, 32)}`;
}

/**
 * Seals secrets for the database (AES-256-GCM), so that a copy of it signs nothing. Without a key they lie there as they
 * are; what was stored before there was a key is still read.
 */
export class SecretBox {
  private readonly key: Buffer | undefined;

  /** @param key 32 bytes, base64 */
  constructor(key: string | undefined) {
    this.key = key === undefined ? undefined : Buffer.from(key, 'base64');
    if (this.key && this.key.length !== SECRET_BYTES) throw new RangeError('The key must be 32 bytes, base64.');
  }

  seal(secret: string): string {
    if (!this.key) return secret;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv);
    const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${SEALED}${sealed.toString('base64')}`;
  }

  /** @throws Error when it was sealed by another key, or none is set */
  open(stored: string): string {
    if (!stored.startsWith(SEALED)) return stored;
    if (!this.key) throw new Error('A webhook secret is sealed, and WEBHOOK_SECRETS_KEY is not set.');
    const bytes = Buffer.from(stored.slice(SEALED.length), 'base64');
    const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
