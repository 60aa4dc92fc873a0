import { createHmac } from 'node:crypto';

export interface Forgery {
  /** Laid over the genuine token's header; `undefined` removes. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Laid over the genuine token's claims; `undefined` removes. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** What the HMAC is keyed with. */
  readonly secret: string;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  /** Taken as it is instead of an HMAC. */
  readonly signature?: string;
}

type Json = Record<string, unknown>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function partsOf(token: string): { readonly header: Json; readonly claims: Json; readonly signature: string } {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const parse = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
  return { header: parse(header), claims: parse(claims), signature };
}

/** A token that differs from a genuine one in what is named, and in nothing else. */
export function forgeToken(genuine: string, { header, claims, secret, hash = 'sha256', signature }: Forgery): string {
  const parts = partsOf(genuine);
  const signed = `${encode({ ...parts.header, ...header })}.${encode({ ...parts.claims, ...claims })}`;
  return `${signed}.${signature ?? createHmac(hash, secret).update(signed).digest('base64url')}`;
}
