import { createHmac } from 'node:crypto';

export interface Forgery {
  /** Merged over the genuine token's header; `undefined` removes a field. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Merged over the genuine token's claims; `undefined` removes a claim. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The key of the HMAC. */
  readonly secret: string;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  /** Used instead of an HMAC. */
  readonly signature?: string;
}

type Json = Record<string, unknown>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function decodeToken(token: string): {
  readonly header: Json;
  readonly claims: Json;
  readonly signature: string;
} {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const parse = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
  return { header: parse(header), claims: parse(claims), signature };
}

/** A token that differs from a genuine one only as specified. */
export function forgeToken(genuine: string, { header, claims, secret, hash = 'sha256', signature }: Forgery): string {
  const parts = decodeToken(genuine);
  const signingInput = `${encode({ ...parts.header, ...header })}.${encode({ ...parts.claims, ...claims })}`;
  return `${signingInput}.${signature ?? createHmac(hash, secret).update(signingInput).digest('base64url')}`;
}
