import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { compile, default as proxyAddress } from '@fastify/proxy-addr';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import findMyWay from 'find-my-way';
import { requestObserver } from '#libs/platform/http/observe-http.js';
import { traceAnswer } from '#libs/platform/tracing/tracing.js';
import { mayUse } from '../principals/principals.module.js';
import { VerifiedCredentials } from '../authentication/authentication.module.js';
import { bearerOf, type Operation } from '../requests/requests.module.js';
import { GatewayConfig, listOf } from '../config/config.module.js';
import {
  type CachedAnswer,
  type CacheQuestion,
  encodingOf,
  type Found,
  isKnown,
  LONGEST_URL,
  ReadCache,
} from '../caching/caching.module.js';
import { requestIds } from '../http-server/http-server.module.js';
import {
  type Limit,
  RateLimiter,
  rateLimitHeaders,
  RateLimits,
  type Verdict,
} from '../rate-limits/rate-limits.module.js';

export const JSON_TYPE = 'application/json; charset=utf-8';
/** Of every answer that may be cached by whoever asked, whether it came from our cache or not. */
export const REVALIDATED = { 'cache-control': 'private, no-cache', vary: 'authorization, accept-encoding' } as const;

/** What was found out about a request before the server had it: it is neither charged nor looked up again. */
export interface Admission {
  readonly verdicts: readonly Verdict[];
  readonly found: Found | null;
}

/** A read whose answer may be known, by somebody who may have it. */
interface KnownRead {
  readonly route: string;
  readonly question: CacheQuestion;
  readonly limits: readonly Limit[];
}

interface CachedRoute {
  readonly operation: Operation;
  readonly route: string;
}

/** Paths that need no decoding; all others are the server's business. */
const PLAIN_PATH = /^[\w/.~-]+$/;
/** Who sends these asks for more than a read: a browser of another origin, or somebody with a body. */
const NOT_PLAIN = ['origin', 'content-length', 'transfer-encoding', 'expect'] as const;

/**
 * Answers reads whose answer is known, in front of the server's own pipeline: who asks, whether they ask too often, and one look
 * at Redis is all that such a read needs, and the way through routing, hooks and serialisation costs more than all of it.
 * What is not a plain read by somebody known a moment ago goes to the server as it came; what is not cached, is refused, or
 * could not be looked up goes there with what was found out.
 */
@Injectable()
export class CacheFastPath {
  private readonly routes = findMyWay({});
  private readonly admissions = new WeakMap<IncomingMessage, Admission>();
  private readonly observe = requestObserver();
  private readonly nextId = requestIds();
  private readonly trusts: ReturnType<typeof compile> | undefined;
  private fixed: readonly string[] = [];
  private closing = false;

  constructor(
    private readonly verified: VerifiedCredentials,
    private readonly limits: RateLimits,
    private readonly limiter: RateLimiter,
    private readonly cache: ReadCache,
    config: GatewayConfig,
  ) {
    const proxies = listOf(config.TRUSTED_PROXIES);
    this.trusts = proxies.length > 0 ? compile(proxies) : undefined;
  }

  /**
   * Before routes are registered.
   * @param headers that every answer has
   */
  install(server: FastifyInstance, headers: Readonly<Record<string, string>>): void {
    this.fixed = Object.entries({ ...headers, ...REVALIDATED, 'cache-status': 'delauto; hit' }).flat();
    server.addHook('onRoute', ({ method, url, config }) => {
      const { operation } = (config ?? {}) as { operation?: Operation };
      if (operation?.cache && method === 'GET') {
        const cached: CachedRoute = { operation, route: url };
        this.routes.on('GET', url, () => undefined, cached);
      }
    });
    server.addHook('preClose', (done) => {
      // From now on connections are to end, and the server says so in its answers.
      this.closing = true;
      done();
    });
    const listeners = server.server.listeners('request') as RequestListener[];
    const serve: RequestListener = (request, response) => {
      for (const listener of listeners) listener.call(server.server, request, response);
    };
    server.server.removeAllListeners('request').on('request', (request, response) => {
      const read = this.readOf(request);
      if (read) this.answer(request, response, read, serve);
      else serve(request, response);
    });
  }

  admissionOf(request: IncomingMessage): Admission | undefined {
    return this.admissions.get(request);
  }

  private readOf(request: IncomingMessage): KnownRead | undefined {
    const { method, url = '', headers } = request;
    if (method !== 'GET' || url.length > LONGEST_URL || this.closing) return undefined;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    if (!PLAIN_PATH.test(path)) return undefined;
    const found = this.routes.find('GET', path);
    if (!found || NOT_PLAIN.some((name) => headers[name] !== undefined)) return undefined;
    const credential = bearerOf(request);
    const identity = credential === undefined ? undefined : this.verified.find(credential)?.identity;
    const { operation, route } = found.store as CachedRoute;
    if (!identity || identity.role === 'operator' || !operation.cache || !mayUse(identity, operation.access)) {
      return undefined;
    }
    const params = found.params as Record<string, string>;
    return {
      route,
      question: this.cache.question(operation.cache, identity, { url, params, encoding: encodingOf(request) }),
      limits: this.limits.of(this.addressOf(request), identity, false),
    };
  }

  private addressOf(request: IncomingMessage): string {
    return this.trusts ? proxyAddress(request, this.trusts) : (request.socket.remoteAddress ?? '');
  }

  private answer(
    request: IncomingMessage,
    response: ServerResponse,
    { route, question, limits }: KnownRead,
    serve: RequestListener,
  ): void {
    const began = performance.now();
    // Asked in one turn: they travel together.
    const charging = this.limiter.charge(limits);
    this.cache.look(question, (found) => {
      const go = (verdicts: readonly Verdict[]): void => {
        const known = found && !verdicts.some(({ refused }) => refused) ? this.cache.known(found) : null;
        if (!known) {
          this.admissions.set(request, { verdicts, found });
          serve(request, response);
          return;
        }
        const requestId = this.nextId(request);
        const status = this.send(request, response, known, [...rateHeaders(verdicts), 'x-request-id', requestId]);
        const ms = performance.now() - began;
        this.observe({ method: 'GET', route, url: request.url ?? '', status, ms, requestId });
        traceAnswer(`GET ${route}`, request.headers, ms, status);
      };
      if (Array.isArray(charging)) go(charging);
      else void charging.then(go);
    });
  }

  /** @returns the status */
  private send(
    { headers }: IncomingMessage,
    response: ServerResponse,
    { etag, encoding, body }: CachedAnswer,
    own: readonly string[],
  ): number {
    const all = [...this.fixed, ...own, 'etag', etag];
    if (isKnown(headers['if-none-match'], etag)) {
      response.writeHead(304, all).end();
      return 304;
    }
    if (encoding !== '') all.push('content-encoding', encoding);
    all.push('content-type', JSON_TYPE, 'content-length', String(body.length));
    // As text of single bytes it leaves in one piece with the headers.
    response.writeHead(200, all).end(body.toString('latin1'), 'latin1');
    return 200;
  }
}

function rateHeaders(verdicts: readonly Verdict[]): string[] {
  const headers = rateLimitHeaders(verdicts);
  return ['ratelimit-policy', headers['ratelimit-policy'], 'ratelimit', headers.ratelimit];
}
