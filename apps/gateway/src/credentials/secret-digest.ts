import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** SHA-256 in hexadecimal. Secrets are 256 random bits, so they need no slow hash. */
export const toDigest = (secret: string): string => hash('sha256', secret, 'hex');

/** Compares two digests in constant time. */
export function equalDigests(first: string, second: string): boolean {
  return timingSafeEqual(Buffer.from(first, 'hex'), Buffer.from(second, 'hex'));
}

/** Returns 256 random bits in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
