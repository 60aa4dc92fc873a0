import { randomBytes } from 'node:crypto';
import { seal, unseal } from '#libs/sealing/seal.js';

const SECRET_BYTES = 32;
const SEALED = 'sealed.1.';

/** A signing secret of 256 random bits, in the form of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
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
    return this.key ? `${SEALED}${seal(this.key, secret)}` : secret;
  }

  /** @throws Error when it was sealed by another key, or none is set */
  open(stored: string): string {
    if (!stored.startsWith(SEALED)) return stored;
    if (!this.key) throw new Error('A webhook secret is sealed, and WEBHOOK_SECRETS_KEY is not set.');
    return unseal(this.key, stored.slice(SEALED.length));
  }
}
