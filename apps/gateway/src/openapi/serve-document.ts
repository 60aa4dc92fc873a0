import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { OpenApiDocument } from './document.js';

/** `GET /openapi.json`, for anybody; made once, at boot. */
export function serveDocument(server: FastifyInstance, document: OpenApiDocument): void {
  const bytes = Buffer.from(JSON.stringify(document));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  server.get('/openapi.json', (request, reply) => {
    void reply.headers({ etag, 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' });
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    return reply.type('application/json').send(bytes);
  });
}
