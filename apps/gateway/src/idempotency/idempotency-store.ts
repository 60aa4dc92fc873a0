import { createHash, randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { hashRequest } from '#libs/messaging/rpc/command-store.js';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { Problem } from '../problems/problems.module.js';

/** The parts of a response that a repeat gets. An empty `contentType` or `etag` means that the header is absent. */
export interface StoredResponse {
  readonly status: number;
  readonly contentType: string;
  readonly etag: string;
  readonly body: string;
}

const RETENTION_MS = 24 * 3_600_000;
/** How long a marker of a request in flight lasts. A running gateway renews it; after a crash it expires. */
const LEASE_MS = 3_000;
const RENEWAL_INTERVAL_MS = 1_000;
/** No request takes longer. After this time, its lease is no longer renewed. */
const MAX_REQUEST_MS = 60_000;
/** Characters. Larger responses are not stored here; the app that owns the command replies to the repeat. */
const MAX_BODY_LENGTH = 64 * 1024;
/** The state of a stored entry: the request is in progress. */
const IN_FLIGHT = 'in-flight';
/** The state of a stored entry: the response follows. */
const DONE = 'done';
/** The state of a stored entry: only the app that owns the command has the response. */
export const AT_OWNER = 'at-owner';
const RETRY_AFTER_SECONDS = 1;

/**
 * Stores responses to requests with an `Idempotency-Key` for a day, and markers of such requests in flight. It only
 * saves a request to the app that owns the command, which stores its replies for a month (ADR 8). When Redis is
 * unavailable or has lost the entry, the repeat goes to that app with the same command id and does not run again.
 */
@Injectable()
export class IdempotencyStore implements OnApplicationShutdown {
  /** Claims of this gateway process, with the time of each claim in monotonic milliseconds. */
  private readonly claims = new Map<Claim, number>();
  private readonly renewalTimer = setInterval(() => this.renewLeases(), RENEWAL_INTERVAL_MS).unref();

  constructor(private readonly redis: EdgeRedis) {}

  /**
   * Returns the stored response, or claims the right to give the first one.
   * @param organizationId `INSTALLATION_ORGANIZATION_ID` for the operator
   * @param key the client's key, shared by all callers of the organization
   * @returns the stored response, or a claim; `AT_OWNER` if only the app that owns the command has it; `null` if Redis
   *   is unavailable
   * @throws Problem 409 while the first request is in progress, 422 if the key was used for another request
   */
  async claim(
    organizationId: string,
    key: string,
    requestHash: string,
  ): Promise<StoredResponse | Claim | typeof AT_OWNER | null> {
    const redisKey = `edge:replay:${organizationId}:${createHash('sha256').update(key).digest('base64url')}`;
    const claim = new Claim(this, redisKey, requestHash);
    let stored: string | null;
    try {
      stored = await this.redis.execute((client) => client.set(redisKey, claim.marker, 'PX', LEASE_MS, 'NX', 'GET'));
    } catch {
      return null;
    }
    if (stored === null) {
      this.claims.set(claim, performance.now());
      return claim;
    }
    const [state, hash, status, contentType = '', etag = '', ...body] = stored.split('\n');
    if (hash !== requestHash) throw createKeyReusedProblem();
    if (state === IN_FLIGHT) throw createInFlightProblem();
    if (state === AT_OWNER) return AT_OWNER;
    return { status: Number(status), contentType, etag, body: body.join('\n') };
  }

  /** Stores the response and releases the claim. */
  async finish(claim: Claim, { status, contentType, etag, body }: StoredResponse): Promise<void> {
    if (!this.claims.delete(claim)) return;
    if (body.length > MAX_BODY_LENGTH) return this.release(claim);
    const stored = [DONE, claim.requestHash, status, contentType, etag, body].join('\n');
    await this.redis.execute((client) => client.set(claim.key, stored, 'PX', RETENTION_MS)).catch(() => undefined);
  }

  /** Marks the request as done without storing its response, so that the key cannot be used for another request. */
  async leaveToOwner(claim: Claim): Promise<void> {
    if (!this.claims.delete(claim)) return;
    const marker = [AT_OWNER, claim.requestHash].join('\n');
    await this.redis.execute((client) => client.set(claim.key, marker, 'PX', RETENTION_MS)).catch(() => undefined);
  }

  /** Releases the claim without a response, so that a repeat runs again. */
  async abandon(claim: Claim): Promise<void> {
    if (this.claims.delete(claim)) await this.release(claim);
  }

  onApplicationShutdown(): void {
    clearInterval(this.renewalTimer);
  }

  private async release(claim: Claim): Promise<void> {
    await this.redis.execute((client) => client.deleteIfEqual(claim.key, claim.marker)).catch(() => undefined);
  }

  private renewLeases(): void {
    const now = performance.now();
    for (const [claim, claimedAt] of this.claims) {
      if (now - claimedAt > MAX_REQUEST_MS) this.claims.delete(claim);
      else if (now - claimedAt > RENEWAL_INTERVAL_MS)
        this.redis.executeBestEffort((client) => client.pexpire(claim.key, LEASE_MS));
    }
  }
}

/** The right to give the first response to an idempotent request. */
export class Claim {
  readonly marker: string;

  constructor(
    private readonly store: IdempotencyStore,
    readonly key: string,
    readonly requestHash: string,
  ) {
    this.marker = [IN_FLIGHT, requestHash, randomUUID()].join('\n');
  }

  finish(response: StoredResponse): Promise<void> {
    return this.store.finish(this, response);
  }

  leaveToOwner(): Promise<void> {
    return this.store.leaveToOwner(this);
  }

  abandon(): Promise<void> {
    return this.store.abandon(this);
  }
}

/** Hashes method, URL and body. The order of the fields in a JSON body does not matter. */
export function toRequestHash(method: string, url: string, body: unknown): string {
  const content = Buffer.isBuffer(body) || typeof body === 'string' ? digest(body) : hashRequest(body ?? null);
  return digest(`${method} ${url}\n${content}`);
}

const digest = (content: string | Buffer): string => createHash('sha256').update(content).digest('base64url');

const createInFlightProblem = (): Problem =>
  new Problem(
    409,
    'idempotency_in_flight',
    'The first request is in progress',
    'A request with this Idempotency-Key is in progress; repeat the request in a moment to get its response.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );

const createKeyReusedProblem = (): Problem =>
  new Problem(
    422,
    'idempotency_key_reused',
    'The Idempotency-Key was used for another request',
    'Use a new Idempotency-Key for each request, and repeat a key only with the same method, path and body.',
  );
