import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { EndSessions, SessionRepository } from '../sessions/sessions.module.js';
import { RefreshTokens } from './refresh-tokens.js';

/** Ends the session of a refresh token. Invalid tokens are ignored. */
@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly endSessions: EndSessions,
    private readonly transactions: TransactionRunner,
  ) {}

  async execute(refreshToken: string): Promise<void> {
    const presentedToken = this.refreshTokens.read(refreshToken);
    if (!presentedToken) return;
    await this.transactions.run(async (tx) => {
      const session = await this.sessions.findBySessionId(presentedToken.sessionId, tx);
      if (!session || session.revokedAt || !this.refreshTokens.isGenuine(presentedToken, session)) return;
      await this.endSessions.execute([session], 'signed_out', tx);
    });
  }
}
