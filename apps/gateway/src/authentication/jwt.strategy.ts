import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import {
  ALGORITHM,
  AUDIENCE,
  isTokenClaims,
  ISSUER,
  type TokenClaims,
  type TokenKeys,
} from '../credentials/credentials.module.js';

/**
 * Passed to passport in place of an HTTP request, because sockets authenticate too. Passport has one registry of
 * strategies for the whole process, and a process can hold several gateways. Keys and time therefore come with the
 * request, and the strategy holds no state of a gateway.
 */
export interface TokenRequest {
  readonly headers: { readonly authorization: string };
  readonly keys: TokenKeys;
  readonly now: Date;
  /** Set by passport. */
  user?: TokenClaims | null;
}

/** Verifies access tokens. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: findKey,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: Object.values(AUDIENCE),
      // Compared with the app's clock in `validate`.
      ignoreExpiration: true,
      passReqToCallback: true,
    });
  }

  validate({ now }: TokenRequest, claims: unknown): TokenClaims | false {
    return isTokenClaims(claims) && claims.exp * 1000 > now.getTime() ? claims : false;
  }
}

function findKey(request: unknown, token: string, done: (error: unknown, key?: never) => void): void {
  const key = (request as TokenRequest).keys.find(readKid(token));
  // The types of `passport-jwt` permit only strings. The verifier also accepts a `KeyObject`, which need not be created
  // for each token.
  if (key) done(null, key.secret as never);
  else done(new Error('The token names a signing key that this gateway does not have.'));
}

function readKid(token: string): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as { kid?: unknown };
    return typeof header.kid === 'string' ? header.kid : undefined;
  } catch {
    return undefined;
  }
}
