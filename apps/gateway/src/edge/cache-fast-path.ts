import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { compile, default as proxyAddress } from '@fastify/proxy-addr';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import findMyWay from 'find-my-way';
import { createRequestObserver } from '#libs/platform/http/observe-http.js';
import { recordServerSpan } from '#libs/platform/tracing/tracing.js';
import { mayUse } from '../principals/principals.module.js';
import { VerifiedCredentials } from '../authentication/authentication.module.js';
import { readBearer, type Operation } from '../requests/requests.module.js';
import { GatewayConfig, parseCommaList } from '../config/config.module.js';
import {
  type CachedResponse,
  type CacheLookup,
  negotiateEncoding,
  type CachedValues,
  matchesEtag,
  MAX_URL_LENGTH,
  ReadCache,
} from '../caching/caching.module.js';
import { createRequestIdGenerator } from '../http-server/http-server.module.js';
import {
  type Limit,
  RateLimiter,
  toRateLimitHeaders,
  RateLimits,
  type Verdict,
} from '../rate-limits/rate-limits.module.js';

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';
/** Headers of every response that the client may cache, whether or not it came from the read cache. */
export const REVALIDATION_HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'authorization, accept-encoding',
} as const;

/**
 * Results of the fast path for a request that is passed on to the server, so that it is not charged or looked up again.
 */
export interface Admission {
  readonly verdicts: readonly Verdict[];
  readonly cachedValues: CachedValues | null;
}

/** A read by an authorized caller whose response may be cached. */
interface CacheableRead {
  readonly route: string;
  readonly lookup: CacheLookup;
  readonly limits: readonly Limit[];
}

interface CachedRoute {
  readonly operation: Operation;
  readonly route: string;
}

/** A path without percent-encoding. All other paths go to the server. */
const PLAIN_PATH_PATTERN = /^[\w/.~-]+$/;
/** Requests with one of these headers go to the server: cross-origin requests of browsers, and requests with a body. */
const EXCLUDED_HEADERS = ['origin', 'content-length', 'transfer-encoding', 'expect'] as const;

/**
 * Serves cached reads in front of Fastify (ADR 11). Such a read needs only authentication, rate limits and one Redis
 * read; routing, hooks and serialization would cost more than all of these. Requests other than plain reads with a
 * cached credential go to the server unchanged. Reads that are not cached, are refused, or could not be looked up go to
 * the server with the results found so far (`Admission`).
 */
@Injectable()
export class CacheFastPath {
  private readonly routes = findMyWay({});
  private readonly admissions = new WeakMap<IncomingMessage, Admission>();
  private readonly observe = createRequestObserver();
  private readonly createRequestId = createRequestIdGenerator();
  private readonly isTrustedProxy: ReturnType<typeof compile> | undefined;
  private fixedHeaders: readonly string[] = [];
  private isClosing = false;

  constructor(
    private readonly verifiedCredentials: VerifiedCredentials,
    private readonly limits: RateLimits,
    private readonly limiter: RateLimiter,
    private readonly cache: ReadCache,
    config: GatewayConfig,
  ) {
    const proxies = parseCommaList(config.TRUSTED_PROXIES);
    this.isTrustedProxy = proxies.length > 0 ? compile(proxies) : undefined;
  }

  /**
   * Must be called before routes are registered.
   * @param headers the headers of every response
   */
  install(server: FastifyInstance, headers: Readonly<Record<string, string>>): void {
    this.fixedHeaders = Object.entries({ ...headers, ...REVALIDATION_HEADERS, 'cache-status': 'delauto; hit' }).flat();
    server.addHook('onRoute', ({ method, url, config }) => {
      const { operation } = (config ?? {}) as { operation?: Operation };
      if (operation?.cache && method === 'GET') {
        const cachedRoute: CachedRoute = { operation, route: url };
        this.routes.on('GET', url, () => undefined, cachedRoute);
      }
    });
    server.addHook('preClose', (done) => {
      // While shutting down, requests go to the server, which responds with `Connection: close`.
      this.isClosing = true;
      done();
    });
    const listeners = server.server.listeners('request') as RequestListener[];
    const passToServer: RequestListener = (request, response) => {
      for (const listener of listeners) listener.call(server.server, request, response);
    };
    server.server.removeAllListeners('request').on('request', (request, response) => {
      const read = this.toCacheableRead(request);
      if (read) this.serveFromCache(request, response, read, passToServer);
      else passToServer(request, response);
    });
  }

  /** Returns the results of the fast path for a request that it passed on to the server. */
  findAdmission(request: IncomingMessage): Admission | undefined {
    return this.admissions.get(request);
  }

  /** @returns `undefined` for a request that must go to the server */
  private toCacheableRead(request: IncomingMessage): CacheableRead | undefined {
    const { method, url = '', headers } = request;
    if (method !== 'GET' || url.length > MAX_URL_LENGTH || this.isClosing) return undefined;
    const queryStart = url.indexOf('?');
    const path = queryStart < 0 ? url : url.slice(0, queryStart);
    if (!PLAIN_PATH_PATTERN.test(path)) return undefined;
    const match = this.routes.find('GET', path);
    if (!match || EXCLUDED_HEADERS.some((name) => headers[name] !== undefined)) return undefined;
    const credential = readBearer(request);
    const identity = credential === undefined ? undefined : this.verifiedCredentials.find(credential)?.identity;
    const { operation, route } = match.store as CachedRoute;
    if (!identity || identity.role === 'operator' || !operation.cache || !mayUse(identity, operation.access)) {
      return undefined;
    }
    const params = match.params as Record<string, string>;
    return {
      route,
      lookup: this.cache.toLookup(operation.cache, identity, { url, params, encoding: negotiateEncoding(request) }),
      limits: this.limits.selectLimits(this.readClientAddress(request), identity, false),
    };
  }

  private readClientAddress(request: IncomingMessage): string {
    return this.isTrustedProxy ? proxyAddress(request, this.isTrustedProxy) : (request.socket.remoteAddress ?? '');
  }

  private serveFromCache(
    request: IncomingMessage,
    response: ServerResponse,
    { route, lookup, limits }: CacheableRead,
    passToServer: RequestListener,
  ): void {
    const startedAt = performance.now();
    // Both commands are sent in the same event loop iteration, so they share one round trip.
    const pendingVerdicts = this.limiter.charge(limits);
    this.cache.read(lookup, (values) => {
      const respond = (verdicts: readonly Verdict[]): void => {
        const cached = values && !verdicts.some(({ isRefused }) => isRefused) ? this.cache.findHit(values) : null;
        if (!cached) {
          this.admissions.set(request, { verdicts, cachedValues: values });
          passToServer(request, response);
          return;
        }
        const requestId = this.createRequestId(request);
        const status = this.send(request, response, cached, [
          ...toRateLimitHeaderList(verdicts),
          'x-request-id',
          requestId,
        ]);
        const ms = performance.now() - startedAt;
        this.observe({ method: 'GET', route, url: request.url ?? '', status, ms, requestId });
        recordServerSpan(`GET ${route}`, request.headers, ms, status);
      };
      if (Array.isArray(pendingVerdicts)) respond(pendingVerdicts);
      else void pendingVerdicts.then(respond);
    });
  }

  /** @returns the HTTP status */
  private send(
    { headers }: IncomingMessage,
    response: ServerResponse,
    { etag, encoding, body }: CachedResponse,
    extraHeaders: readonly string[],
  ): number {
    const allHeaders = [...this.fixedHeaders, ...extraHeaders, 'etag', etag];
    if (matchesEtag(headers['if-none-match'], etag)) {
      response.writeHead(304, allHeaders).end();
      return 304;
    }
    if (encoding !== '') allHeaders.push('content-encoding', encoding);
    allHeaders.push('content-type', JSON_CONTENT_TYPE, 'content-length', String(body.length));
    // Node writes a latin1 string in one chunk with the headers, but a buffer in a chunk of its own.
    response.writeHead(200, allHeaders).end(body.toString('latin1'), 'latin1');
    return 200;
  }
}

function toRateLimitHeaderList(verdicts: readonly Verdict[]): string[] {
  const headers = toRateLimitHeaders(verdicts);
  return ['ratelimit-policy', headers['ratelimit-policy'], 'ratelimit', headers.ratelimit];
}
