import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problems.module.js';

const ETAG = /^"(\d{1,15})"$/;

/** The entity tag of a revision. */
export const etagOf = (revision: number): string => `"${revision}"`;

/**
 * The revision a change was decided by looking at, from `If-Match`; `undefined` without the header or for `*`.
 * @throws Problem 400 when the header is no entity tag of ours
 */
export function expectedRevisionOf(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const [, revision] = ETAG.exec(header) ?? [];
  if (revision === undefined) {
    throw Problem.invalid([{ path: 'If-Match', message: 'If-Match must be the ETag of an earlier answer, or *' }]);
  }
  return Number(revision);
}
