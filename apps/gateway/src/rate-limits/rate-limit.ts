import { Injectable } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import type { Identity } from '../principals/principals.module.js';
import { GatewayConfig } from '../config/config.module.js';
import { Problem } from '../problems/problems.module.js';

export const MINUTE_MS = 60_000;
/** Maximum number of requests per Redis command, so that most requests of a busy client need no command. */
const MAX_REQUESTS_PER_CHARGE = 10;
/** Maximum share of a limit per Redis command, so that requests against small limits are counted one by one. */
const MAX_SHARE_PER_CHARGE = 1 / 600;

/** A limit of requests per minute. The whole quota may be used in one burst. */
export interface Policy {
  readonly name: string;
  readonly perMinute: number;
}

/** A policy applied to one credential or IP address. */
export interface Limit {
  readonly key: string;
  readonly policy: Policy;
}

/** The result of checking one limit for one request. */
export interface Verdict {
  readonly policy: Policy;
  readonly isRefused: boolean;
  /** Milliseconds of the minute that are used up; for a refused request, the milliseconds that it would use up. */
  readonly usedMs: number;
}

/** Returns the milliseconds of the minute that one request uses up. */
export const toIntervalMs = ({ perMinute }: Policy): number => MINUTE_MS / perMinute;

/** Returns how many requests one Redis command charges. */
export const toRequestsPerCharge = ({ perMinute }: Policy): number =>
  Math.max(1, Math.min(MAX_REQUESTS_PER_CHARGE, Math.floor(perMinute * MAX_SHARE_PER_CHARGE)));

/**
 * Selects the limits of a request: by credential and by IP address. Public operations (signing in, accepting an
 * invitation) are limited only by IP address and more strictly, which slows down guessing.
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

  selectLimits(ipAddress: string, identity: Identity | null, isSignIn: boolean): readonly Limit[] {
    const limitedAddress = toRateLimitAddress(ipAddress);
    if (isSignIn) return [{ key: `edge:limit:s:${limitedAddress}`, policy: this.signIn }];
    const byAddress = { key: `edge:limit:a:${limitedAddress}`, policy: this.address };
    if (!identity) return [byAddress];
    return [{ key: `edge:limit:c:${toCredentialKey(identity)}`, policy: this.credential }, byAddress];
  }
}

function toCredentialKey(identity: Identity): string {
  if (identity.role === 'operator') return 'operator';
  if ('keyId' in identity) return identity.keyId;
  return identity.userId ?? `${identity.organizationId}/${identity.role === 'agent' ? identity.agentId : ''}`;
}

/** Reduces an IPv6 address to its /64 network, because one client usually has the whole network of 2⁶⁴ addresses. */
export function toRateLimitAddress(ipAddress: string): string {
  if (!ipAddress.includes(':') || !isIPv6(ipAddress)) return ipAddress;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ipAddress)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ipAddress.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const network = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')].slice(0, 4);
  return `${network.map((group) => parseInt(group || '0', 16).toString(16)).join(':')}::/64`;
}

/**
 * Builds `RateLimit-Policy` with all policies, and `RateLimit` with the most used one
 * (draft-ietf-httpapi-ratelimit-headers).
 */
export function toRateLimitHeaders(verdicts: readonly Verdict[]): Record<'ratelimit' | 'ratelimit-policy', string> {
  let policies = '';
  let tightest: { name: string; remaining: number; resetSeconds: number } | undefined;
  for (const { policy, usedMs } of verdicts) {
    const remaining = Math.max(0, Math.floor(((MINUTE_MS - usedMs) * policy.perMinute) / MINUTE_MS));
    policies += `${policies === '' ? '' : ', '}"${policy.name}";q=${policy.perMinute};w=60`;
    if (!tightest || remaining < tightest.remaining) {
      tightest = { name: policy.name, remaining, resetSeconds: Math.ceil(Math.min(usedMs, MINUTE_MS) / 1_000) };
    }
  }
  const state = tightest ? `"${tightest.name}";r=${tightest.remaining};t=${tightest.resetSeconds}` : '';
  return { 'ratelimit-policy': policies, ratelimit: state };
}

/** @returns a problem for the refusing limit with the longest wait; `undefined` if no limit refuses */
export function toRateLimitProblem(verdicts: readonly Verdict[]): Problem | undefined {
  let strictest: Verdict | undefined;
  for (const verdict of verdicts) {
    if (verdict.isRefused && (!strictest || verdict.usedMs > strictest.usedMs)) strictest = verdict;
  }
  if (!strictest) return undefined;
  const { policy, usedMs } = strictest;
  const seconds = Math.max(1, Math.ceil((usedMs - MINUTE_MS) / 1_000));
  return new Problem(
    429,
    'rate_limited',
    'Too many requests',
    `The limit of ${policy.perMinute} requests per minute by ${policy.name} is exceeded; retry in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
}
