import { Injectable } from '@nestjs/common';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessTokens, AUDIENCE } from '../credentials/credentials.module.js';
import { GatewayConfig } from '../config/config.module.js';

/** The tokens of a session, as returned to the client. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: string;
  readonly sessionId: string;
}

/** Signs a session's access token and returns it together with the refresh token. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
  ) {}

  issue(user: UserDocument, session: SessionDocument, refreshToken: string): IssuedTokens {
    const expiresInSeconds = this.config.ACCESS_TOKEN_SECONDS;
    const accessToken = this.accessTokens.sign({
      audience: AUDIENCE.session,
      subject: user._id,
      claims: { org: user.organizationId, sid: session._id, role: user.role },
      issuedAt: this.clock.now(),
      expiresInSeconds,
    });
    const refreshExpiresAt = session.idleExpiresAt.toISOString();
    return { accessToken, expiresInSeconds, refreshToken, refreshExpiresAt, sessionId: session._id };
  }
}
