import { Injectable } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { AuthGuard } from '@nestjs/passport';
import { Clock } from '#libs/clock/clock.js';
import { TokenKeys, type TokenClaims } from '../credentials/credentials.module.js';
import type { TokenRequest } from './jwt.strategy.js';

/**
 * Authenticates by an access token. It is not bound to routes, because passport costs 50 to 280 µs per token:
 * `Authenticate` calls it only for tokens that are not cached.
 */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  constructor(
    private readonly keys: TokenKeys,
    private readonly clock: Clock,
  ) {
    super();
  }

  /**
   * @param token without the prefix `Bearer`
   * @returns the token's claims; `null` for a token that is forged, expired or not for this API
   */
  async verify(token: string): Promise<TokenClaims | null> {
    const { keys, clock } = this;
    const request: TokenRequest = { headers: { authorization: `Bearer ${token}` }, keys, now: clock.now() };
    await this.canActivate(new ExecutionContextHost([request, {}]));
    return request.user ?? null;
  }

  /** Returns `null` for an invalid token instead of throwing, so that the caller decides how to respond. */
  override handleRequest<T>(error: Error | null, claims: T | false): T {
    if (error) throw error;
    return (claims || null) as T;
  }
}
