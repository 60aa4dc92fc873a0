import { Injectable } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import type { Identity } from '../principals/principals.module.js';
import { GatewayConfig } from '../config/config.module.js';
import { Problem } from '../problems/problems.module.js';

export const MINUTE_MS = 60_000;
/** Requests charged at once: most requests of a busy client cost Redis nothing. */
const MOST_AT_ONCE = 10;
/** Of a limit at most this share is charged in advance, so small limits are counted one by one. */
const SHARE_AT_ONCE = 1 / 600;

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

/** What one limit says of one request. */
export interface Verdict {
  readonly policy: Policy;
  readonly refused: boolean;
  /** Of the minute, the ms that are used up; of a refused request, the ms that would be. */
  readonly usedMs: number;
}

export const intervalOf = ({ perMinute }: Policy): number => MINUTE_MS / perMinute;

/** How many requests are charged with one. */
export const chargedAtOnce = ({ perMinute }: Policy): number =>
  Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(perMinute * SHARE_AT_ONCE)));

/**
 * Which limits a request counts against. By credential and by address; whoever is not known yet (signing in, accepting an
 * invitation) by address alone, and more strictly: there is nothing else that would slow down guessing.
 */
@Injectable()
export class RateLimits {
  private readonly credential: Policy;
  private readonly address: Policy;
  private readonly signIn: Policy;

  constructor(config: GatewayConfig) {
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
  if (!ip.includes(':') || !isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ip.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const network = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')].slice(0, 4);
  return `${network.map((group) => parseInt(group || '0', 16).toString(16)).join(':')}::/64`;
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): every policy, and the one nearest its end. */
export function rateLimitHeaders(verdicts: readonly Verdict[]): Record<'ratelimit' | 'ratelimit-policy', string> {
  let policies = '';
  let nearest: { name: string; remaining: number; resetSeconds: number } | undefined;
  for (const { policy, usedMs } of verdicts) {
    const remaining = Math.max(0, Math.floor(((MINUTE_MS - usedMs) * policy.perMinute) / MINUTE_MS));
    policies += `${policies === '' ? '' : ', '}"${policy.name}";q=${policy.perMinute};w=60`;
    if (!nearest || remaining < nearest.remaining) {
      nearest = { name: policy.name, remaining, resetSeconds: Math.ceil(Math.min(usedMs, MINUTE_MS) / 1_000) };
    }
  }
  const state = nearest ? `"${nearest.name}";r=${nearest.remaining};t=${nearest.resetSeconds}` : '';
  return { 'ratelimit-policy': policies, ratelimit: state };
}

/** @returns the problem of the limit that makes wait longest; `undefined` where none refuses */
export function refusalOf(verdicts: readonly Verdict[]): Problem | undefined {
  let longest: Verdict | undefined;
  for (const verdict of verdicts) {
    if (verdict.refused && (!longest || verdict.usedMs > longest.usedMs)) longest = verdict;
  }
  if (!longest) return undefined;
  const { policy, usedMs } = longest;
  const seconds = Math.max(1, Math.ceil((usedMs - MINUTE_MS) / 1_000));
  return new Problem(
    429,
    'rate_limited',
    'Too many requests',
    `The limit of ${policy.perMinute} requests a minute by ${policy.name} is used up; come back in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
}
