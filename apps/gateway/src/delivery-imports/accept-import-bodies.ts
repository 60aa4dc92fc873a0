import type { FastifyInstance } from 'fastify';
import { CSV, NDJSON } from './read-rows.js';

/** 10,000 rows of 1 KB, and then some. */
export const LARGEST_IMPORT_BYTES = 16 * 1024 * 1024;

/** Lets the server read the media types that only imports have, as text; how much of it, each operation says itself. */
export function acceptImportBodies(server: FastifyInstance): void {
  server.addContentTypeParser([NDJSON, CSV], { parseAs: 'string' }, (_request, body, done) => done(null, body));
}
