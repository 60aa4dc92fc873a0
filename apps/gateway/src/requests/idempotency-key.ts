import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problems.module.js';

/** 1 to 255 printable ASCII characters without spaces. */
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * Derives the command id from the `Idempotency-Key` header; `undefined` without one. The app that owns the command runs
 * it once and returns the first reply to repeats, so repeating a request after a gateway crash does not create
 * duplicates. The route is part of the id, so that the same key can be used for different operations.
 * @throws Problem 400 for a malformed key
 */
export function toCommandId(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY_PATTERN.test(key)) {
    throw Problem.invalid([
      { path: 'Idempotency-Key', message: 'Idempotency-Key must be 1 to 255 printable characters' },
    ]);
  }
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  return `key.${createHash('sha256').update(`${route}\n${key}`).digest('base64url')}`;
}
