import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** SHA-256 in hexadecimal: our secrets are 256 random bits, so no slow hash is called for. */
export const digestOf = (secret: string): string => hash('sha256', secret, 'hex');

export function equalDigests(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}

/** 256 random bits as text. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
