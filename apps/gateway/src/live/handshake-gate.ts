import type { IncomingMessage } from 'node:http';
import { ClientAddress } from './client-address.js';
import { TokenBucket, type BucketSize } from './token-bucket.js';

const MAX_IP_ADDRESSES = 50_000;

export interface HandshakeRules {
  /** Handshakes that one IP address may start per minute. */
  readonly perMinute: number;
  /** Origins whose pages may connect. */
  readonly origins: readonly string[];
  /** Proxies whose `X-Forwarded-For` is trusted. */
  readonly proxies: readonly string[];
}

/**
 * Checks connections before the handshake, when no socket exists yet and refusing is cheap. It limits the handshakes of
 * each IP address per minute, and permits browser pages only from allowed origins. Clients other than browsers send no
 * `Origin` header.
 */
export class HandshakeGate {
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly bucketSize: BucketSize;
  private readonly origins: readonly string[];
  private readonly clientAddress: ClientAddress;

  /** @param now returns monotonic milliseconds */
  constructor(
    { perMinute, origins, proxies }: HandshakeRules,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.origins = origins;
    this.clientAddress = new ClientAddress(proxies);
    this.bucketSize = { burst: perMinute, perSecond: perMinute / 60 };
  }

  /** @returns the reason for refusing the handshake, or `undefined` to accept it */
  findRefusal(
    request: Pick<IncomingMessage, 'headers' | 'socket'>,
  ): 'origin_not_allowed' | 'too_many_handshakes' | undefined {
    const { origin } = request.headers;
    if (origin !== undefined && !this.origins.includes(origin)) return 'origin_not_allowed';
    return this.takeToken(this.clientAddress.resolve(request)) ? undefined : 'too_many_handshakes';
  }

  private takeToken(ipAddress: string): boolean {
    const now = this.now();
    const existing = this.buckets.get(ipAddress);
    if (existing) return existing.take(now) === 0;
    if (this.buckets.size >= MAX_IP_ADDRESSES) this.evictIdle(now);
    // This many active IP addresses indicate an attack, so new ones are refused.
    if (this.buckets.size >= MAX_IP_ADDRESSES) return false;
    const bucket = new TokenBucket(this.bucketSize, now);
    this.buckets.set(ipAddress, bucket);
    return bucket.take(now) === 0;
  }

  private evictIdle(now: number): void {
    for (const [ipAddress, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(ipAddress);
  }
}
