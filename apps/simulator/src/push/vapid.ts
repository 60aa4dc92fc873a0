import { createPublicKey, type KeyObject } from 'node:crypto';

import jwt from 'jsonwebtoken';

/** Thrown if the VAPID header is rejected. */
export class VapidError extends Error {
  override readonly name = 'VapidError';

  constructor(
    readonly code: 'vapid_missing' | 'vapid_invalid' | 'vapid_other_key',
    message: string,
  ) {
    super(message);
  }
}

const MAX_VALIDITY_SECONDS = 24 * 3600;

/**
 * Verifies `Authorization: vapid t=…, k=…` (RFC 8292): an ES256 token for this push service, valid for at most a day.
 * @param audience origin of the push endpoint
 * @param expectedKey the subscription's application server key; null accepts any
 * @returns the token's `sub`, which identifies the sender
 * @throws VapidError if the header is missing, invalid or for another key
 */
export function verifyVapid(authorization: string | undefined, audience: string, expectedKey: string | null): string {
  const match = /^vapid\s+(.*)$/i.exec(authorization ?? '');
  const parts = new Map(
    (match?.[1] ?? '').split(',').map((part) => part.trim().split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const token = parts.get('t');
  const key = parts.get('k');
  if (token === undefined || key === undefined)
    throw new VapidError('vapid_missing', 'Authorization: vapid t=<token>, k=<key> is required.');
  if (expectedKey !== null && key !== expectedKey)
    throw new VapidError('vapid_other_key', 'The subscription was created for another application server key.');
  let claims: string | jwt.JwtPayload;
  try {
    claims = jwt.verify(token, toPublicKey(key), { algorithms: ['ES256'], audience });
  } catch (cause) {
    throw new VapidError(
      'vapid_invalid',
      `The VAPID token is not valid: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
    );
  }
  if (typeof claims === 'string' || claims.exp === undefined || claims.exp > Date.now() / 1000 + MAX_VALIDITY_SECONDS) {
    throw new VapidError('vapid_invalid', 'The VAPID token must expire within 24 hours.');
  }
  return claims.sub ?? '';
}

/** @param key an uncompressed P-256 point, base64url */
function toPublicKey(key: string): KeyObject {
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4)
    throw new VapidError('vapid_invalid', 'k must be an uncompressed P-256 point in base64url.');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
}
