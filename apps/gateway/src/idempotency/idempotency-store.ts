import { createHash, randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { hashOf } from '#libs/messaging/rpc/command-store.js';
import { EdgeRedis } from '../edge-redis/edge-redis.module.js';
import { Problem } from '../problems/problems.module.js';

export interface StoredAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly etag: string;
  readonly body: string;
}

const KEPT_MS = 24 * 3_600_000;
/** A marker of a gateway that died lasts this long; a living one renews it. */
const LEASE_MS = 3_000;
const RENEW_MS = 1_000;
/** No request takes longer. */
const LONGEST_MS = 60_000;
/** A larger answer is not kept here; a repeat of its request is answered by the command's owner. */
const LARGEST_BODY = 64 * 1024;
const IN_FLIGHT = 'in-flight';
const DONE = 'done';
/** The answer is not here: only its owner has it. */
export const AT_OWNER = 'at-owner';
const RETRY_AFTER_SECONDS = 1;

/**
 * Answers to requests with an `Idempotency-Key`, kept for a day, and markers of those under way. All of it is only a
 * quicker way to what the command's owner knows for a month (see docs/adr/0008): when Redis is away or has
 * forgotten, the repeat goes through to the owner under the same command id, and has no second effect.
 */
@Injectable()
export class IdempotencyStore implements OnApplicationShutdown {
  private readonly claims = new Map<Claim, number>();
  private readonly renewing = setInterval(() => this.renew(), RENEW_MS).unref();

  constructor(private readonly redis: EdgeRedis) {}

  /**
   * @param key the client's, which belongs to the organization, whoever of it asks
   * @param owner the organization, or the installation for its operator
   * @returns the answer given before, or the claim to give it now; `AT_OWNER` when only the command's owner has it; `null`
   *   when it cannot be claimed
   * @throws Problem 409 while the first request is under way, 422 when the key was used for another request
   */
  async claim(owner: string, key: string, requestHash: string): Promise<StoredAnswer | Claim | typeof AT_OWNER | null> {
    const redisKey = `edge:replay:${owner}:${createHash('sha256').update(key).digest('base64url')}`;
    const claim = new Claim(this, redisKey, requestHash);
    let stored: string | null;
    try {
      stored = await this.redis.ask((client) => client.set(redisKey, claim.marker, 'PX', LEASE_MS, 'NX', 'GET'));
    } catch {
      return null;
    }
    if (stored === null) {
      this.claims.set(claim, performance.now());
      return claim;
    }
    const [state, hash, status, contentType = '', etag = '', ...body] = stored.split('\n');
    if (hash !== requestHash) throw keyReused();
    if (state === IN_FLIGHT) throw inFlight();
    if (state === AT_OWNER) return AT_OWNER;
    return { status: Number(status), contentType, etag, body: body.join('\n') };
  }

  async finish(claim: Claim, { status, contentType, etag, body }: StoredAnswer): Promise<void> {
    if (!this.claims.delete(claim)) return;
    if (body.length > LARGEST_BODY) return this.release(claim);
    const stored = [DONE, claim.requestHash, status, contentType, etag, body].join('\n');
    await this.redis.ask((client) => client.set(claim.key, stored, 'PX', KEPT_MS)).catch(() => undefined);
  }

  /** The answer was given and is not for this store; its request is remembered, so that the key serves no other. */
  async leaveToOwner(claim: Claim): Promise<void> {
    if (!this.claims.delete(claim)) return;
    const left = [AT_OWNER, claim.requestHash].join('\n');
    await this.redis.ask((client) => client.set(claim.key, left, 'PX', KEPT_MS)).catch(() => undefined);
  }

  /** Nothing was answered that a repeat should get. */
  async abandon(claim: Claim): Promise<void> {
    if (this.claims.delete(claim)) await this.release(claim);
  }

  onApplicationShutdown(): void {
    clearInterval(this.renewing);
  }

  private async release(claim: Claim): Promise<void> {
    await this.redis.ask((client) => client.forget(claim.key, claim.marker)).catch(() => undefined);
  }

  private renew(): void {
    const now = performance.now();
    for (const [claim, since] of this.claims) {
      if (now - since > LONGEST_MS) this.claims.delete(claim);
      else if (now - since > RENEW_MS) this.redis.tryTo((client) => client.pexpire(claim.key, LEASE_MS));
    }
  }
}

/** The right to give the first answer. */
export class Claim {
  readonly marker: string;

  constructor(
    private readonly store: IdempotencyStore,
    readonly key: string,
    readonly requestHash: string,
  ) {
    this.marker = [IN_FLIGHT, requestHash, randomUUID()].join('\n');
  }

  finish(answer: StoredAnswer): Promise<void> {
    return this.store.finish(this, answer);
  }

  leaveToOwner(): Promise<void> {
    return this.store.leaveToOwner(this);
  }

  abandon(): Promise<void> {
    return this.store.abandon(this);
  }
}

/** What makes two requests the same: method, path and body, in whatever order its fields are written. */
export function requestHashOf(method: string, url: string, body: unknown): string {
  const content = Buffer.isBuffer(body) || typeof body === 'string' ? digest(body) : hashOf(body ?? null);
  return digest(`${method} ${url}\n${content}`);
}

const digest = (content: string | Buffer): string => createHash('sha256').update(content).digest('base64url');

const inFlight = (): Problem =>
  new Problem(
    409,
    'idempotency_in_flight',
    'The first request is under way',
    'A request with this Idempotency-Key is being worked on; repeat yours in a moment to get its answer.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );

const keyReused = (): Problem =>
  new Problem(
    422,
    'idempotency_key_reused',
    'The Idempotency-Key was used for another request',
    'Give every request its own Idempotency-Key, and repeat it only with the same method, path and body.',
  );
