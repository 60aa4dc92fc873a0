import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Identity, INSTALLATION_ORGANIZATION_ID, mayUse } from '../principals/principals.module.js';
import { Authenticate, VerifiedCredentials } from '../authentication/authentication.module.js';
import {
  readBearer,
  toCommandId,
  toEtag,
  type IdentifiedRequest,
  type Operation,
  findOperation,
} from '../requests/requests.module.js';
import {
  type CachedResponse,
  CacheFill,
  type CacheLookup,
  compressBody,
  toContentEtag,
  negotiateEncoding,
  type CachedValues,
  matchesEtag,
  MAX_URL_LENGTH,
  ReadCache,
  collectCacheTags,
  toCacheTags,
} from '../caching/caching.module.js';
import { JSON_CONTENT_TYPE, CacheFastPath, REVALIDATION_HEADERS } from './cache-fast-path.js';
import {
  RateLimiter,
  toRateLimitHeaders,
  RateLimits,
  toRateLimitProblem,
  type Verdict,
} from '../rate-limits/rate-limits.module.js';
import { AT_OWNER, Claim, IdempotencyStore, toRequestHash } from '../idempotency/idempotency.module.js';

/** The state of a request until its response is sent. */
interface RequestState {
  readonly operation: Operation;
  fill?: CacheFill;
  claim?: Claim;
  /** The command ran before, and the app that owns it returns the first reply again. */
  isReplayed?: boolean;
  etag?: string;
  /** Cache tags that a change affects, in addition to those of its path parameters. */
  readonly changedTags: string[];
}

/** Routes of probes and monitoring, which have no rate limit. */
const UNLIMITED_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
/** Response statuses after which nothing has changed, so that no cache entry is invalidated. */
const UNCHANGED_STATUSES = new Set([400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429]);

/**
 * Runs before and after the handler of every request. Before it: authentication, rate limits, cached responses and
 * repeats of idempotent requests. After it: entity tags, cache entries and invalidations. Rate limits and the cache
 * lookup share one round trip to Redis, and a cached response never reaches Nest. Permissions are checked before the
 * cache is read.
 */
@Injectable()
export class EdgePipeline {
  private readonly states = new WeakMap<FastifyRequest, RequestState>();

  constructor(
    private readonly authenticate: Authenticate,
    private readonly verifiedCredentials: VerifiedCredentials,
    private readonly limits: RateLimits,
    private readonly limiter: RateLimiter,
    private readonly cache: ReadCache,
    private readonly idempotency: IdempotencyStore,
    private readonly fastPath: CacheFastPath,
  ) {}

  install(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply) => this.admit(request, reply));
    // The hooks below do nothing for most requests. They use callbacks, which do not allocate promises.
    server.addHook('preHandler', (request, reply, done) => {
      if (!this.isReplayable(request)) return done();
      this.replayOrClaim(request, reply).then((replayed) => {
        if (!replayed) done();
      }, done);
    });
    server.addHook('preSerialization', (request, _reply, payload, done) => {
      if (typeof payload === 'object' && payload !== null) this.inspectPayload(request, payload);
      done(null, payload);
    });
    server.addHook('onSend', (request, reply, payload, done) => {
      const state = this.states.get(request);
      if (!state) return done(null, payload);
      this.finish(request, reply, state, payload).then((finalPayload) => done(null, finalPayload), done);
    });
    server.addHook('onResponse', (request, _reply, done) => {
      this.states.get(request)?.fill?.abandon();
      done();
    });
  }

  private async admit(request: IdentifiedRequest, reply: FastifyReply): Promise<unknown> {
    const operation = findOperation(request);
    if (!operation && UNLIMITED_ROUTES.has(request.routeOptions.url ?? '')) return undefined;
    const identity = await this.identify(request, operation);
    const limits = this.limits.selectLimits(request.ip, identity, operation?.access === 'public');
    const lookup = operation && this.toLookup(request, operation, identity);
    const admission = this.fastPath.findAdmission(request.raw);
    // Both commands are sent in the same event loop iteration, so they share one round trip.
    const pendingLookup = admission ? admission.cachedValues : lookup && this.readCache(lookup);
    const pendingVerdicts = admission?.verdicts ?? this.limiter.charge(limits);
    const verdicts = Array.isArray(pendingVerdicts) ? (pendingVerdicts as readonly Verdict[]) : await pendingVerdicts;
    void reply.headers(toRateLimitHeaders(verdicts));
    const refusal = toRateLimitProblem(verdicts);
    if (refusal) throw refusal;
    if (!operation) return undefined;
    const state: RequestState = { operation, changedTags: [] };
    this.states.set(request, state);
    if (!lookup) return undefined;
    const cachedValues = await pendingLookup;
    if (!cachedValues) {
      this.cache.recordBypass();
      return undefined;
    }
    const outcome = await this.cache.getOrFill(lookup, cachedValues);
    if (!(outcome instanceof CacheFill)) return this.replyFromCache(request, reply, outcome);
    state.fill = outcome;
    return undefined;
  }

  private readCache(lookup: CacheLookup): Promise<CachedValues | null> {
    return new Promise((resolve) => this.cache.read(lookup, resolve));
  }

  /** Authenticates the request. Missing and invalid credentials are refused later, by `AccessGuard`. */
  private async identify(request: IdentifiedRequest, operation: Operation | undefined): Promise<Identity | null> {
    const credential = operation?.access === 'public' ? undefined : readBearer(request);
    if (credential === undefined) return null;
    const verified = this.verifiedCredentials.find(credential) ?? (await this.authenticate.execute(credential));
    const identity = verified?.identity ?? null;
    if (identity) request.identity = identity;
    return identity;
  }

  private toLookup(
    request: FastifyRequest,
    { cache, access }: Operation,
    identity: Identity | null,
  ): CacheLookup | undefined {
    if (!cache || request.method !== 'GET' || request.url.length > MAX_URL_LENGTH) return undefined;
    if (!identity || identity.role === 'operator' || !mayUse(identity, access)) return undefined;
    return this.cache.toLookup(cache, identity, {
      url: request.url,
      params: request.params as Record<string, string>,
      encoding: negotiateEncoding(request),
    });
  }

  private replyFromCache(
    request: FastifyRequest,
    reply: FastifyReply,
    { etag, encoding, body }: CachedResponse,
  ): FastifyReply {
    void reply.headers({
      etag,
      ...REVALIDATION_HEADERS,
      'cache-status': 'delauto; hit',
    });
    this.states.delete(request);
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
    if (encoding !== '') void reply.header('content-encoding', encoding);
    return reply.header('content-type', JSON_CONTENT_TYPE).send(body);
  }

  private isReplayable(request: IdentifiedRequest): boolean {
    const operation = this.states.get(request)?.operation;
    const { identity } = request;
    if (!operation?.idempotent || request.headers['idempotency-key'] === undefined) return false;
    return identity !== undefined && mayUse(identity, operation.access);
  }

  /**
   * Replays the stored response, or claims the request.
   * @returns whether a response was replayed
   */
  private async replayOrClaim(request: IdentifiedRequest, reply: FastifyReply): Promise<boolean> {
    const state = this.states.get(request);
    const { identity } = request;
    if (!state || !identity) return false;
    // Throws a problem for a malformed key.
    toCommandId(request);
    const key = String(request.headers['idempotency-key']);
    const hash = toRequestHash(request.method, request.url, request.body);
    const claimResult = await this.idempotency.claim(toIdempotencyNamespace(identity), key, hash);
    if (claimResult instanceof Claim) state.claim = claimResult;
    if (claimResult === AT_OWNER) state.isReplayed = true;
    if (claimResult === null || claimResult === AT_OWNER || claimResult instanceof Claim) return false;
    if (claimResult.etag !== '') void reply.header('etag', claimResult.etag);
    if (claimResult.contentType !== '') void reply.header('content-type', claimResult.contentType);
    void reply.code(claimResult.status).header('idempotency-replayed', 'true').send(claimResult.body);
    return true;
  }

  /** Reads the revision and the cache tags from the response before it is serialized. */
  private inspectPayload(request: FastifyRequest, payload: object): void {
    const state = this.states.get(request);
    if (!state) return;
    const { revision } = payload as { revision?: unknown };
    if (state.operation.etag && typeof revision === 'number') state.etag = toEtag(revision);
    if (request.method !== 'GET') state.changedTags.push(...collectCacheTags(payload));
  }

  private async finish(
    request: IdentifiedRequest,
    reply: FastifyReply,
    state: RequestState,
    payload: unknown,
  ): Promise<unknown> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      await this.finishChange(request, reply, state, payload);
      return payload;
    }
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const etag = state.etag ?? (state.operation.etag || state.fill ? toContentEtag(payload) : undefined);
    if (etag === undefined) return payload;
    void reply.headers({ etag, ...REVALIDATION_HEADERS });
    const { fill } = state;
    const compressed = fill && (await compressBody(payload, negotiateEncoding(request), etag));
    if (compressed) fill.store(compressed);
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      void reply.code(304).removeHeader('content-type');
      return null;
    }
    if (!compressed || compressed.encoding === '') return payload;
    void reply.header('content-encoding', compressed.encoding).removeHeader('content-length');
    return compressed.body;
  }

  /** Invalidates the cache and stores the response before replying, so that a client reads its own writes. */
  private async finishChange(
    request: IdentifiedRequest,
    reply: FastifyReply,
    { claim, isReplayed, etag, changedTags, operation }: RequestState,
    payload: unknown,
  ): Promise<void> {
    const status = reply.statusCode;
    if (etag !== undefined && status < 300) void reply.header('etag', etag);
    if (isReplayed && status < 300) void reply.header('idempotency-replayed', 'true');
    const { identity } = request;
    const member = identity && identity.role !== 'operator' ? identity : undefined;
    const pathIds = Object.values((request.params ?? {}) as Record<string, string>);
    const agentIds = member?.role === 'agent' ? [member.agentId] : [];
    const tags = [...changedTags, ...[...pathIds, ...agentIds].flatMap(toCacheTags)];
    const hasChanged = member !== undefined && !UNCHANGED_STATUSES.has(status) && tags.length > 0;
    await Promise.all([
      hasChanged ? this.cache.invalidate(member.organizationId, tags) : undefined,
      claim && finishClaim(claim, operation, reply, payload),
    ]);
  }
}

/** Returns the organization whose callers share idempotency keys. */
const toIdempotencyNamespace = (identity: Identity): string =>
  identity.role === 'operator' ? INSTALLATION_ORGANIZATION_ID : identity.organizationId;

/** Stores the response, unless it is a failure or asks the client to retry: then a repeat must run again. */
function finishClaim(claim: Claim, operation: Operation, reply: FastifyReply, payload: unknown): Promise<void> {
  const status = reply.statusCode;
  const body = payload === undefined || payload === null ? '' : payload;
  if (status >= 500 || status === 409 || status === 429 || typeof body !== 'string') return claim.abandon();
  if (operation.replyHasSecret && status < 300) return claim.leaveToOwner();
  const header = (name: string): string => String(reply.getHeader(name) ?? '');
  return claim.finish({ status, contentType: header('content-type'), etag: header('etag'), body });
}
