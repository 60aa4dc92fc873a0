import type { IncomingMessage } from 'node:http';
import { ClientAddress } from './client-address.js';
import { TokenBucket, type BucketSize } from './token-bucket.js';

const MOST_ADDRESSES = 50_000;

export interface HandshakeRules {
  /** Of one address. */
  readonly perMinute: number;
  readonly origins: readonly string[];
  /** Whose `X-Forwarded-For` is believed. */
  readonly proxies: readonly string[];
}

/**
 * Stands before the handshake: nothing of a socket exists yet, so refusing is cheap. Each address may open so many a
 * minute; a page of a browser must come from an origin that is allowed. Applications send no origin.
 */
export class HandshakeGate {
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly size: BucketSize;

  private readonly origins: readonly string[];
  private readonly clients: ClientAddress;

  constructor(
    { perMinute, origins, proxies }: HandshakeRules,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.origins = origins;
    this.clients = new ClientAddress(proxies);
    this.size = { burst: perMinute, perSecond: perMinute / 60 };
  }

  /** @returns why it is refused, or `undefined` */
  refusal(
    request: Pick<IncomingMessage, 'headers' | 'socket'>,
  ): 'origin_not_allowed' | 'too_many_handshakes' | undefined {
    const { origin } = request.headers;
    if (origin !== undefined && !this.origins.includes(origin)) return 'origin_not_allowed';
    return this.take(this.clients.of(request)) ? undefined : 'too_many_handshakes';
  }

  private take(address: string): boolean {
    const now = this.now();
    const known = this.buckets.get(address);
    if (known) return known.take(now) === 0;
    if (this.buckets.size >= MOST_ADDRESSES) this.forgetIdle(now);
    // So many busy addresses at once are an attack: whoever is new waits.
    if (this.buckets.size >= MOST_ADDRESSES) return false;
    const bucket = new TokenBucket(this.size, now);
    this.buckets.set(address, bucket);
    return bucket.take(now) === 0;
  }

  private forgetIdle(now: number): void {
    for (const [address, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(address);
  }
}
