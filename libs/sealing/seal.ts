import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

/**
 * Encrypts and authenticates a text (AES-256-GCM, NIST SP 800-38D) with a random 96-bit nonce.
 * @param key 32 bytes
 * @param context what the text belongs to, as additional authenticated data; `unseal` needs the same context
 * @returns nonce, ciphertext and tag, base64
 */
export function seal(key: Uint8Array, text: string | Uint8Array, context = ''): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, OPTIONS).setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(Buffer.from(text)), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/**
 * Decrypts a text.
 * @throws Error when the key or the context differs, or the text was modified
 */
export function unseal(key: Uint8Array, sealed: string, context = ''): string {
  return unsealBytes(key, sealed, context).toString('utf8');
}

/** As `unseal`, for binary data. */
export function unsealBytes(key: Uint8Array, sealed: string, context = ''): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), OPTIONS)
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}
