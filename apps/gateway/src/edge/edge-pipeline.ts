import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Identity, INSTALLATION, mayUse } from '../principals/principals.module.js';
import { Authenticate, VerifiedCredentials } from '../authentication/authentication.module.js';
import {
  bearerOf,
  commandIdOf,
  etagOf,
  type IdentifiedRequest,
  type Operation,
  operationOf,
} from '../requests/requests.module.js';
import {
  type CachedAnswer,
  CacheFill,
  type CacheQuestion,
  compressed,
  contentTag,
  encodingOf,
  type Found,
  isKnown,
  LONGEST_URL,
  ReadCache,
  tagsNamedIn,
  tagsOf,
} from '../caching/caching.module.js';
import { JSON_TYPE, CacheFastPath, REVALIDATED } from './cache-fast-path.js';
import {
  RateLimiter,
  rateLimitHeaders,
  RateLimits,
  refusalOf,
  type Verdict,
} from '../rate-limits/rate-limits.module.js';
import { AT_OWNER, Claim, IdempotencyStore, requestHashOf } from '../idempotency/idempotency.module.js';

/** What the pipeline keeps of a request until it is answered. */
interface Passage {
  readonly operation: Operation;
  fill?: CacheFill;
  claim?: Claim;
  /** It was answered before, by an owner who will answer it alike. */
  isRepeat?: boolean;
  etag?: string;
  /** What a change has touched, beside what its path names. */
  readonly touched: string[];
}

const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
/** After these nothing was changed. */
const REFUSED = new Set([400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429]);

/**
 * What happens to every request before and after its handler: who asks, whether they ask too often, whether the answer is
 * known already; and what the answer leaves behind. One round trip to Redis decides the first part, and a known answer
 * never reaches Nest. Permissions are checked before anything is looked up.
 */
@Injectable()
export class EdgePipeline {
  private readonly passages = new WeakMap<FastifyRequest, Passage>();

  constructor(
    private readonly authenticate: Authenticate,
    private readonly verified: VerifiedCredentials,
    private readonly limits: RateLimits,
    private readonly limiter: RateLimiter,
    private readonly cache: ReadCache,
    private readonly idempotency: IdempotencyStore,
    private readonly fastPath: CacheFastPath,
  ) {}

  install(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply) => this.admit(request, reply));
    // Those below have nothing to do for most requests, and then cost no promise.
    server.addHook('preHandler', (request, reply, done) => {
      if (!this.isReplayable(request)) return done();
      this.claimReplay(request, reply).then((replayed) => {
        if (!replayed) done();
      }, done);
    });
    server.addHook('preSerialization', (request, _reply, payload, done) => {
      if (typeof payload === 'object' && payload !== null) this.lookAt(request, payload);
      done(null, payload);
    });
    server.addHook('onSend', (request, reply, payload, done) => {
      const passage = this.passages.get(request);
      if (!passage) return done(null, payload);
      this.conclude(request, reply, passage, payload).then((concluded) => done(null, concluded), done);
    });
    server.addHook('onResponse', (request, _reply, done) => {
      this.passages.get(request)?.fill?.abandon();
      done();
    });
  }

  private async admit(request: IdentifiedRequest, reply: FastifyReply): Promise<unknown> {
    const operation = operationOf(request);
    if (!operation && QUIET_ROUTES.has(request.routeOptions.url ?? '')) return undefined;
    const identity = await this.identify(request, operation);
    const limits = this.limits.of(request.ip, identity, operation?.access === 'public');
    const question = operation && this.questionOf(request, operation, identity);
    const admission = this.fastPath.admissionOf(request.raw);
    // Asked in one turn: they travel together.
    const looking = admission ? admission.found : question && this.lookFor(question);
    const charging = admission?.verdicts ?? this.limiter.charge(limits);
    const verdicts = Array.isArray(charging) ? (charging as readonly Verdict[]) : await charging;
    void reply.headers(rateLimitHeaders(verdicts));
    const refusal = refusalOf(verdicts);
    if (refusal) throw refusal;
    if (!operation) return undefined;
    const passage: Passage = { operation, touched: [] };
    this.passages.set(request, passage);
    if (!question) return undefined;
    const found = await looking;
    if (!found) {
      this.cache.bypassed();
      return undefined;
    }
    const taken = await this.cache.take(question, found);
    if (!(taken instanceof CacheFill)) return this.answer(request, reply, taken);
    passage.fill = taken;
    return undefined;
  }

  private lookFor(question: CacheQuestion): Promise<Found | null> {
    return new Promise((resolve) => this.cache.look(question, resolve));
  }

  /** Who asks, and that they may: else the guard says why not. */
  private async identify(request: IdentifiedRequest, operation: Operation | undefined): Promise<Identity | null> {
    const credential = operation?.access === 'public' ? undefined : bearerOf(request);
    if (credential === undefined) return null;
    const proof = this.verified.find(credential) ?? (await this.authenticate.execute(credential));
    const identity = proof?.identity ?? null;
    if (identity) request.identity = identity;
    return identity;
  }

  private questionOf(
    request: FastifyRequest,
    { cache, access }: Operation,
    identity: Identity | null,
  ): CacheQuestion | undefined {
    if (!cache || request.method !== 'GET' || request.url.length > LONGEST_URL) return undefined;
    if (!identity || identity.role === 'operator' || !mayUse(identity, access)) return undefined;
    return this.cache.question(cache, identity, {
      url: request.url,
      params: request.params as Record<string, string>,
      encoding: encodingOf(request),
    });
  }

  private answer(request: FastifyRequest, reply: FastifyReply, { etag, encoding, body }: CachedAnswer): FastifyReply {
    void reply.headers({
      etag,
      ...REVALIDATED,
      'cache-status': 'delauto; hit',
    });
    this.passages.delete(request);
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
    if (encoding !== '') void reply.header('content-encoding', encoding);
    return reply.header('content-type', JSON_TYPE).send(body);
  }

  private isReplayable(request: IdentifiedRequest): boolean {
    const operation = this.passages.get(request)?.operation;
    const { identity } = request;
    if (!operation?.idempotent || request.headers['idempotency-key'] === undefined) return false;
    return identity !== undefined && mayUse(identity, operation.access);
  }

  /** @returns whether it was answered as before */
  private async claimReplay(request: IdentifiedRequest, reply: FastifyReply): Promise<boolean> {
    const passage = this.passages.get(request);
    const { identity } = request;
    if (!passage || !identity) return false;
    // Says what is wrong with a malformed one.
    commandIdOf(request);
    const key = String(request.headers['idempotency-key']);
    const hash = requestHashOf(request.method, request.url, request.body);
    const claimed = await this.idempotency.claim(ownerOf(identity), key, hash);
    if (claimed instanceof Claim) passage.claim = claimed;
    if (claimed === AT_OWNER) passage.isRepeat = true;
    if (claimed === null || claimed === AT_OWNER || claimed instanceof Claim) return false;
    if (claimed.etag !== '') void reply.header('etag', claimed.etag);
    if (claimed.contentType !== '') void reply.header('content-type', claimed.contentType);
    void reply.code(claimed.status).header('idempotency-replayed', 'true').send(claimed.body);
    return true;
  }

  /** The answer while it is still an object. */
  private lookAt(request: FastifyRequest, payload: object): void {
    const passage = this.passages.get(request);
    if (!passage) return;
    const { revision } = payload as { revision?: unknown };
    if (passage.operation.etag && typeof revision === 'number') passage.etag = etagOf(revision);
    if (request.method !== 'GET') passage.touched.push(...tagsNamedIn(payload));
  }

  private async conclude(
    request: IdentifiedRequest,
    reply: FastifyReply,
    passage: Passage,
    payload: unknown,
  ): Promise<unknown> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      await this.concludeChange(request, reply, passage, payload);
      return payload;
    }
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const etag = passage.etag ?? (passage.operation.etag || passage.fill ? contentTag(payload) : undefined);
    if (etag === undefined) return payload;
    void reply.headers({ etag, ...REVALIDATED });
    const { fill } = passage;
    const answer = fill && (await compressed(payload, encodingOf(request), etag));
    if (answer) fill.store(answer);
    if (isKnown(request.headers['if-none-match'], etag)) {
      void reply.code(304).removeHeader('content-type');
      return null;
    }
    if (!answer || answer.encoding === '') return payload;
    void reply.header('content-encoding', answer.encoding).removeHeader('content-length');
    return answer.body;
  }

  /** What a change leaves behind is there before it is answered: whoever reads after that reads it. */
  private async concludeChange(
    request: IdentifiedRequest,
    reply: FastifyReply,
    { claim, isRepeat, etag, touched, operation }: Passage,
    payload: unknown,
  ): Promise<void> {
    const status = reply.statusCode;
    if (etag !== undefined && status < 300) void reply.header('etag', etag);
    if (isRepeat && status < 300) void reply.header('idempotency-replayed', 'true');
    const { identity } = request;
    const member = identity && identity.role !== 'operator' ? identity : undefined;
    const named = Object.values((request.params ?? {}) as Record<string, string>);
    const own = member?.role === 'agent' ? [member.agentId] : [];
    const tags = [...touched, ...[...named, ...own].flatMap(tagsOf)];
    const changed = member !== undefined && !REFUSED.has(status) && tags.length > 0;
    await Promise.all([
      changed ? this.cache.invalidate(member.organizationId, tags) : undefined,
      claim && concludeClaim(claim, operation, reply, payload),
    ]);
  }
}

/** Whose keys are told apart from others'. */
const ownerOf = (identity: Identity): string => (identity.role === 'operator' ? INSTALLATION : identity.organizationId);

/** An answer is kept when its repeat would be the same: not when something broke, nor when it asks to come back. */
function concludeClaim(claim: Claim, operation: Operation, reply: FastifyReply, payload: unknown): Promise<void> {
  const status = reply.statusCode;
  const body = payload === undefined || payload === null ? '' : payload;
  if (status >= 500 || status === 409 || status === 429 || typeof body !== 'string') return claim.abandon();
  if (operation.answersSecret && status < 300) return claim.leaveToOwner();
  const header = (name: string): string => String(reply.getHeader(name) ?? '');
  return claim.finish({ status, contentType: header('content-type'), etag: header('etag'), body });
}
