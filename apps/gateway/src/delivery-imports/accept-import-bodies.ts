import type { FastifyInstance } from 'fastify';
import { CSV, NDJSON } from './read-rows.js';

/** Enough for 10,000 rows of 1 KB, with a margin. */
export const MAX_IMPORT_BYTES = 16 * 1024 * 1024;

/** Makes the server parse NDJSON and CSV bodies as text. `bodyLimit` of an operation bounds their size. */
export function acceptImportBodies(server: FastifyInstance): void {
  server.addContentTypeParser([NDJSON, CSV], { parseAs: 'string' }, (_request, body, done) => done(null, body));
}
