import compress from '@fastify/compress';
import cors from '@fastify/cors';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { constants } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { ServerOptions } from '#libs/platform/boot/boot-app.js';
import { parseCommaList, type GatewayConfig } from '../config/config.module.js';
import { BROTLI_QUALITY, COMPRESSION_THRESHOLD } from '../caching/caching.module.js';
import type { Operation } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';

/** Bytes. Operations can set another limit with `bodyLimit`. */
export const DEFAULT_BODY_LIMIT = 64 * 1024;
/** Levels. No contract is nested deeper. The limit protects recursive functions from stack overflows. */
const MAX_JSON_DEPTH = 32;
const REQUEST_ID_PATTERN = /^[A-Za-z0-9._~:-]{8,128}$/;
const CORS_MAX_AGE_SECONDS = 600;

/**
 * Returns server options that bound slow clients, header sizes and body sizes, and that name the trusted proxies. Times
 * are in milliseconds, sizes in bytes.
 */
export function createServerLimits(config: GatewayConfig): ServerOptions {
  return {
    bodyLimit: DEFAULT_BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    // No limit.
    maxRequestsPerSocket: 0,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    trustProxy: parseCommaList(config.TRUSTED_PROXIES),
    genReqId: createRequestIdGenerator(),
  };
}

/** Returns a function that gives each request its id: the client's `X-Request-Id` if valid, else a unique one. */
export function createRequestIdGenerator(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const prefix = randomBytes(6).toString('base64url');
  let count = 0;
  return ({ headers }) => {
    const clientRequestId = headers['x-request-id'];
    return typeof clientRequestId === 'string' && REQUEST_ID_PATTERN.test(clientRequestId)
      ? clientRequestId
      : `${prefix}-${(count += 1).toString(36)}`;
  };
}

/** Adds security headers, CORS, compression, per-operation body limits, and the limit on JSON depth. */
export async function registerProtection(
  server: FastifyInstance,
  config: GatewayConfig,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const origins = parseCommaList(config.CORS_ORIGINS);
  if (origins.length > 0) {
    await server.register(cors, {
      origin: origins,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'x-request-id'],
      exposedHeaders: ['etag', 'idempotency-replayed', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
      credentials: false,
      maxAge: CORS_MAX_AGE_SECONDS,
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
    if (!isTooDeep(request.body, MAX_JSON_DEPTH)) return done();
    const message = `The body may be nested at most ${MAX_JSON_DEPTH} levels deep`;
    done(Problem.invalid([{ path: '', message }]));
  });
}

/**
 * Whether JSON is nested deeper than the limit. Iterative, because recursion would overflow on the input it must
 * detect.
 */
export function isTooDeep(json: unknown, maxDepth: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.length > 0 && depth >= maxDepth) return true;
    level = containers.flatMap((value) => (Buffer.isBuffer(value) ? [] : (Object.values(value) as unknown[])));
  }
  return false;
}
