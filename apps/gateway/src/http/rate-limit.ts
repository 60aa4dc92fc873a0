import { Inject, Injectable } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import type { Identity } from '../access/identity.js';
import { GatewayConfig } from '../gateway.config.js';
import { Problem } from './problem.js';

const MINUTE_MS = 60_000;

/** So many requests a minute; all of them may come at once. */
export interface Policy {
  readonly name: string;
  readonly perMinute: number;
}

/** One policy as it applies to one asker. */
export interface Limit {
  readonly key: string;
  readonly policy: Policy;
}

/** What was decided for one request. */
export interface Charge {
  /** The policy that refuses it. */
  readonly refusedBy?: Policy;
  readonly waitMs: number;
  /** Of each limit, the ms of its minute that are used up. */
  readonly usedMs: readonly number[];
}

/**
 * Which limits a request counts against. By credential and by address; whoever is not known yet (signing in, accepting an
 * invitation) by address alone, and more strictly: there is nothing else that would slow down guessing.
 */
@Injectable()
export class RateLimits {
  private readonly credential: Policy;
  private readonly address: Policy;
  private readonly signIn: Policy;

  constructor(@Inject(GatewayConfig) config: GatewayConfig) {
    this.credential = { name: 'credential', perMinute: config.RATE_LIMIT_PER_MINUTE };
    this.address = { name: 'address', perMinute: config.RATE_LIMIT_ADDRESS_PER_MINUTE };
    this.signIn = { name: 'sign-in', perMinute: config.RATE_LIMIT_SIGN_IN_PER_MINUTE };
  }

  of(ip: string, identity: Identity | null, isSignIn: boolean): readonly Limit[] {
    const address = addressOf(ip);
    if (isSignIn) return [{ key: `edge:limit:s:${address}`, policy: this.signIn }];
    const byAddress = { key: `edge:limit:a:${address}`, policy: this.address };
    if (!identity) return [byAddress];
    return [{ key: `edge:limit:c:${nameOf(identity)}`, policy: this.credential }, byAddress];
  }
}

function nameOf(identity: Identity): string {
  if (identity.role === 'operator') return 'operator';
  if ('keyId' in identity) return identity.keyId;
  return identity.userId ?? `${identity.organizationId}/${identity.role === 'agent' ? identity.agentId : ''}`;
}

/** Whoever has one IPv6 address has a network of 2⁶⁴ of them: they count as one. */
export function addressOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ip.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const network = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')].slice(0, 4);
  return `${network.map((group) => parseInt(group || '0', 16).toString(16)).join(':')}::/64`;
}

/** The script's arguments: how many limits, and for each the ms between two requests and those of a whole minute. */
export const limitArguments = (limits: readonly Limit[]): number[] => [
  limits.length,
  ...limits.flatMap(({ policy }) => [MINUTE_MS / policy.perMinute, MINUTE_MS]),
];

/**
 * Counts in this process, while Redis cannot: limits fail open by as much as there are gateways, and no further. The same
 * algorithm as the script's (GCRA): a limit is known by the time at which all of it will be free again.
 */
export class LocalCounts {
  private readonly freeAt = new Map<string, number>();

  constructor(private readonly most = 10_000) {}

  charge(limits: readonly Limit[], now: number): Charge {
    const nexts = limits.map(
      ({ key, policy }) => Math.max(this.freeAt.get(key) ?? 0, now) + MINUTE_MS / policy.perMinute,
    );
    const usedMs = nexts.map((next) => Math.ceil(next - now));
    const waitMs = Math.max(0, ...usedMs.map((used) => used - MINUTE_MS));
    const refusedBy = limits[usedMs.findIndex((used) => used - MINUTE_MS === waitMs)]?.policy;
    if (waitMs > 0 && refusedBy) return { refusedBy, waitMs, usedMs };
    limits.forEach(({ key }, index) => this.remember(key, nexts[index] ?? now));
    return { waitMs: 0, usedMs };
  }

  private remember(key: string, freeAt: number): void {
    this.freeAt.delete(key);
    this.freeAt.set(key, freeAt);
    const [oldest] = this.freeAt.keys();
    if (this.freeAt.size > this.most && oldest !== undefined) this.freeAt.delete(oldest);
  }
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): every policy, and the one nearest its end. */
export function rateLimitHeaders(limits: readonly Limit[], { usedMs }: Charge): Record<string, string> {
  const left = limits.map(({ policy }, index) => {
    const used = usedMs[index] ?? 0;
    const remaining = Math.max(0, Math.floor(((MINUTE_MS - used) * policy.perMinute) / MINUTE_MS));
    return { name: policy.name, remaining, resetSeconds: Math.ceil(used / 1_000) };
  });
  const [nearest] = left.sort((a, b) => a.remaining - b.remaining);
  return {
    'ratelimit-policy': limits.map(({ policy: { name, perMinute } }) => `"${name}";q=${perMinute};w=60`).join(', '),
    ratelimit: nearest ? `"${nearest.name}";r=${nearest.remaining};t=${nearest.resetSeconds}` : '',
  };
}

export function tooMany({ refusedBy, waitMs }: Charge): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new Problem(
    429,
    'rate_limited',
    'Too many requests',
    `The limit of ${refusedBy?.perMinute ?? 0} requests a minute by ${refusedBy?.name ?? 'address'} is used up; come back in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
}
