import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { once } from './once.js';
import type { OpenApiDocument } from './document.js';

/** `GET /openapi.json`, for anybody; made when it is first asked for. */
export function serveDocument(server: FastifyInstance, documentOf: () => OpenApiDocument): void {
  const made = once(() => {
    const bytes = Buffer.from(JSON.stringify(documentOf()));
    return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
  });
  server.get('/openapi.json', (request, reply) => {
    const { bytes, etag } = made();
    void reply.headers({ etag, 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' });
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    return reply.type('application/json').send(bytes);
  });
}
