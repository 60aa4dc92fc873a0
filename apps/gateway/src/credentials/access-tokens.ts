import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { TokenKeys } from './token-keys.js';

export const ISSUER = 'delauto';
/** The only accepted algorithm. A token that names another algorithm, or none, is refused. */
export const ALGORITHM = 'HS256';
/** Token audiences: the session of a signed-in user, or an agent's application with a token from an administrator. */
export const AUDIENCE = { session: 'delauto-session', agent: 'delauto-agent' } as const;
type Audience = (typeof AUDIENCE)[keyof typeof AUDIENCE];

/** The claims of an access token. A valid signature proves only who issued them, not that access is not revoked. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: Audience;
  /** The id of the user or agent. */
  readonly sub: string;
  /** The id of the organization. */
  readonly org: string;
  /** The session id; only in session tokens. */
  readonly sid?: string;
  readonly role?: string;
  /** When the token was issued, in seconds since the epoch. */
  readonly iat: number;
  /** When the token expires, in seconds since the epoch. */
  readonly exp: number;
}

export interface NewToken {
  readonly audience: Audience;
  readonly subject: string;
  readonly claims: Pick<TokenClaims, 'org' | 'sid' | 'role'>;
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

/** Signs access tokens. `JwtStrategy` verifies them. */
@Injectable()
export class AccessTokens {
  constructor(private readonly keys: TokenKeys) {}

  sign({ audience, subject, claims, issuedAt, expiresInSeconds }: NewToken): string {
    const { kid, secret } = this.keys.current;
    const iat = Math.floor(issuedAt.getTime() / 1000);
    const options = { algorithm: ALGORITHM, keyid: kid, subject, issuer: ISSUER, audience } as const;
    return jwt.sign({ ...claims, iat, exp: iat + expiresInSeconds }, secret, options);
  }
}

/** Whether the claims of a token with a valid signature are complete. */
export function isTokenClaims(claims: unknown): claims is TokenClaims {
  if (typeof claims !== 'object' || claims === null) return false;
  const { sub, org, sid, iat, exp, aud } = claims as Partial<Record<keyof TokenClaims, unknown>>;
  if (typeof sub !== 'string' || typeof org !== 'string' || !isOrganizationId(org)) return false;
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return aud === AUDIENCE.agent || (aud === AUDIENCE.session && typeof sid === 'string');
}

function isOrganizationId(text: string): boolean {
  try {
    return parseOrganizationId(text) === text;
  } catch {
    return false;
  }
}
