import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { organizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { TokenKeys } from './token-keys.js';

const ISSUER = 'delauto';
/** Pinned: a token that names another algorithm, or none, is refused. */
const ALGORITHM = 'HS256';
/** Whom a token is for: a signed-in user's session, or an agent's application by an administrator's hand. */
export const AUDIENCE = { session: 'delauto-session', agent: 'delauto-agent' } as const;
type Audience = (typeof AUDIENCE)[keyof typeof AUDIENCE];

/** What a token of ours says; that it says so is all that is proven. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: Audience;
  readonly sub: string;
  readonly org: string;
  /** The session, in a session's token. */
  readonly sid?: string;
  readonly role?: string;
  readonly iat: number;
  readonly exp: number;
}

export interface NewToken {
  readonly audience: Audience;
  readonly subject: string;
  readonly claims: Pick<TokenClaims, 'org' | 'sid' | 'role'>;
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

interface Outcome {
  success(claims: TokenClaims): void;
  fail(): void;
  error(error: unknown): void;
}

/** Signs access tokens, and verifies them by the `passport-jwt` strategy. */
@Injectable()
export class JwtProof {
  private readonly strategy: Strategy;

  constructor(
    private readonly keys: TokenKeys,
    clock: Clock,
  ) {
    this.strategy = new Strategy(
      {
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request: unknown, token: string, done: (error: unknown, key?: never) => void) => {
          const key = keys.find(kidOf(token));
          // The types of `passport-jwt` know texts only; what verifies takes a key, which is not parsed anew each time.
          if (key) done(null, key.secret as never);
          else done(new Error('Signed by a key that is none of ours.'));
        },
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: Object.values(AUDIENCE),
        // Looked at below, by our own clock.
        ignoreExpiration: true,
      },
      (claims: unknown, done: (error: unknown, claims: TokenClaims | false) => void) =>
        done(null, isClaims(claims) && claims.exp * 1000 > clock.now().getTime() ? claims : false),
    );
  }

  sign({ audience, subject, claims, issuedAt, expiresInSeconds }: NewToken): string {
    const { kid, secret } = this.keys.current;
    const iat = Math.floor(issuedAt.getTime() / 1000);
    const options = { algorithm: ALGORITHM, keyid: kid, subject, issuer: ISSUER, audience } as const;
    return jwt.sign({ ...claims, iat, exp: iat + expiresInSeconds }, secret, options);
  }

  /** @returns `null` for whatever is not a token of ours that is still good */
  verify(token: string): Promise<TokenClaims | null> {
    return new Promise((resolve, reject) => {
      // What Passport does to a strategy for each request.
      const outcome: Outcome = { success: resolve, fail: () => resolve(null), error: reject };
      const run = Object.assign(Object.create(this.strategy) as Strategy, outcome);
      const request = { headers: { authorization: `Bearer ${token}` } };
      run.authenticate(request as never);
    });
  }
}

function kidOf(token: string): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as { kid?: unknown };
    return typeof header.kid === 'string' ? header.kid : undefined;
  } catch {
    return undefined;
  }
}

function isClaims(claims: unknown): claims is TokenClaims {
  if (typeof claims !== 'object' || claims === null) return false;
  const { sub, org, sid, iat, exp, aud } = claims as Partial<Record<keyof TokenClaims, unknown>>;
  if (typeof sub !== 'string' || typeof org !== 'string' || !isOrganizationId(org)) return false;
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return aud === AUDIENCE.agent || (aud === AUDIENCE.session && typeof sid === 'string');
}

function isOrganizationId(text: string): boolean {
  try {
    return organizationId(text) === text;
  } catch {
    return false;
  }
}
