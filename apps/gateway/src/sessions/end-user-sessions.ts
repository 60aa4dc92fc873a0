import { Injectable } from '@nestjs/common';
import type { SessionEnd } from '#libs/contracts/index.js';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { EndSessions } from './end-sessions.js';
import { SessionRepository } from './session.repository.js';

/** Revokes all sessions of a user. */
@Injectable()
export class EndUserSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly endSessions: EndSessions,
  ) {}

  /**
   * @param exceptSessionId the id of a session to keep
   * @returns the number of revoked sessions
   */
  async execute(
    user: Pick<UserDocument, '_id' | 'organizationId'>,
    reason: SessionEnd,
    tx: Transaction,
    exceptSessionId?: string,
  ): Promise<number> {
    const openSessions = await this.sessions.findOpen(parseOrganizationId(user.organizationId), user._id, { tx });
    const sessionsToRevoke = openSessions.filter(({ _id }) => _id !== exceptSessionId);
    await this.endSessions.execute(sessionsToRevoke, reason, tx);
    return sessionsToRevoke.length;
  }
}
