import compress from '@fastify/compress';
import cors from '@fastify/cors';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { constants } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { ServerOptions } from '#libs/platform/boot/boot-app.js';
import { listOf, type GatewayConfig } from '../config/config.module.js';
import { BROTLI_QUALITY, COMPRESSION_THRESHOLD } from '../caching/caching.module.js';
import type { Operation } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';

/** Bodies of operations that say nothing else. */
export const DEFAULT_BODY_LIMIT = 64 * 1024;
/** Deeper JSON is no request of ours, and every function that walks it would have to be safe against it. */
const DEEPEST_JSON = 32;
const REQUEST_ID = /^[A-Za-z0-9._~:-]{8,128}$/;
const CORS_SECONDS = 600;

/** Limits that hold before a request is one: slow clients, endless headers, who may say whom they speak for. */
export function serverLimits(config: GatewayConfig): ServerOptions {
  return {
    bodyLimit: DEFAULT_BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    maxRequestsPerSocket: 0,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    trustProxy: listOf(config.TRUSTED_PROXIES),
    genReqId: requestIds(),
  };
}

/** Ids of requests: the client's own, or one that no other request has. */
export function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const prefix = randomBytes(6).toString('base64url');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : `${prefix}-${(count += 1).toString(36)}`;
  };
}

/** Headers that protect, who may ask from a browser, compression, and bodies of a bounded depth. */
export async function protect(
  server: FastifyInstance,
  config: GatewayConfig,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const origins = listOf(config.CORS_ORIGINS);
  if (origins.length > 0) {
    await server.register(cors, {
      origin: origins,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'x-request-id'],
      exposedHeaders: ['etag', 'idempotency-replayed', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
      credentials: false,
      maxAge: CORS_SECONDS,
    });
  }
  await server.register(compress, {
    threshold: COMPRESSION_THRESHOLD,
    encodings: ['br', 'gzip'],
    customTypes: /^application\/(problem\+)?json|^text\/(html|css|javascript)/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    globalDecompression: false,
  });
  server.addHook('onRoute', (route) => {
    const limit = (route.config as { operation?: Operation } | undefined)?.operation?.bodyLimit;
    if (limit !== undefined) route.bodyLimit = limit;
  });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    if (!isTooDeep(request.body, DEEPEST_JSON)) return done();
    const message = `The body may be nested ${DEEPEST_JSON} levels deep at most`;
    done(Problem.invalid([{ path: '', message }]));
  });
}

/** Walks without recursion: what is being looked for is what recursion would not survive. */
export function isTooDeep(json: unknown, deepest: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.length > 0 && depth >= deepest) return true;
    level = containers.flatMap((value) => (Buffer.isBuffer(value) ? [] : (Object.values(value) as unknown[])));
  }
  return false;
}
