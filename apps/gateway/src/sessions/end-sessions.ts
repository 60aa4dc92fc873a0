import { Injectable } from '@nestjs/common';
import { SessionRevoked, type SessionEnd } from '#libs/contracts/index.js';
import { createAggregateEvent, parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import { SessionRepository } from './session.repository.js';

/** Revokes sessions. Revocation takes effect on every gateway immediately, including open sockets. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {}

  async execute(sessions: readonly SessionDocument[], reason: SessionEnd, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    for (const session of sessions) {
      const { _id: sessionId, userId } = session;
      const orgId = parseOrganizationId(session.organizationId);
      const event = createAggregateEvent(SessionRevoked, { sessionId, userId, reason }, now);
      await this.sessions.save(tx, orgId, { ...session, revokedAt: now, revokedReason: reason }, [event]);
      await this.changes.record({ kind: 'session', organizationId: orgId, sessionId }, tx);
    }
  }
}
