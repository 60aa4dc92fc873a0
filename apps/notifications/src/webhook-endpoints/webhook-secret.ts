import { randomBytes } from 'node:crypto';
import { seal, unseal } from '#libs/sealing/seal.js';

const SECRET_BYTES = 32;
const SEALED_PREFIX = 'sealed.1.';

/** Generates a signing secret of 256 random bits, in the format of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * Seals secrets for the database (AES-256-GCM), so that a copy of the database cannot be used to sign. Without a key,
 * secrets are stored unsealed. Secrets that were stored before a key was set can still be read.
 */
export class SecretBox {
  private readonly key: Buffer | undefined;

  /** @param key 32 bytes, base64 */
  constructor(key: string | undefined) {
    this.key = key === undefined ? undefined : Buffer.from(key, 'base64');
    if (this.key && this.key.length !== SECRET_BYTES)
      throw new RangeError('WEBHOOK_SECRETS_KEY must be 32 bytes, base64.');
  }

  seal(secret: string): string {
    return this.key ? `${SEALED_PREFIX}${seal(this.key, secret)}` : secret;
  }

  /** @throws Error if the secret was sealed with another key, or no key is set */
  open(stored: string): string {
    if (!stored.startsWith(SEALED_PREFIX)) return stored;
    if (!this.key) throw new Error('Cannot open a sealed webhook secret: WEBHOOK_SECRETS_KEY is not set.');
    return unseal(this.key, stored.slice(SEALED_PREFIX.length));
  }
}
