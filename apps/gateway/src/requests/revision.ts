import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problems.module.js';

const ETAG_PATTERN = /^"(\d{1,15})"$/;

/** Returns the entity tag of a revision. */
export const toEtag = (revision: number): string => `"${revision}"`;

/**
 * Reads the expected revision from `If-Match`; `undefined` without the header or for `*`.
 * @throws Problem 400 if the header is not an entity tag of a revision
 */
export function readExpectedRevision(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const [, revision] = ETAG_PATTERN.exec(header) ?? [];
  if (revision === undefined) {
    throw Problem.invalid([{ path: 'If-Match', message: 'If-Match must be the ETag of an earlier response, or *' }]);
  }
  return Number(revision);
}
