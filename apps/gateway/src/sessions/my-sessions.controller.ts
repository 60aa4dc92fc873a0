import { Controller, Param } from '@nestjs/common';
import { IdField, createNotFoundError, ObjectField, TextField, TextListField } from '#libs/contracts/index.js';
import { decodeCursor, toPage, TransactionRunner } from '#libs/persistence/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';
import { mayUse, PERMISSION_NAMES } from '../principals/principals.module.js';
import { toUser, User, UserRepository } from '../users/users.module.js';
import { EndSessions } from './end-sessions.js';
import { EndUserSessions } from './end-user-sessions.js';
import { toCallerSession } from './caller-session.js';
import { RevokedSessions, SessionPage, SessionsQuery, toSession } from './session.dto.js';
import { SessionRepository } from './session.repository.js';

const DEFAULT_PAGE_SIZE = 50;
export const SESSION_ID_PATTERN = /^ses_[0-9a-f]{24}$/;

/** The identity and the permissions of a credential. */
class Self {
  @TextField({ max: 20, description: '`admin`, `dispatcher`, `agent` or `partner`; `key` for an API key.' })
  role!: string;
  @IdField() organizationId!: string;
  @ObjectField(() => User, { optional: true }) user?: User;
  @IdField({ optional: true }) agentId?: string;
  @IdField({ optional: true }) keyId?: string;
  @TextListField({ maxItems: 100, item: { max: 60 } }) permissions!: string[];
}

/** Lets users read their identity, and list and revoke their sessions. */
@Controller('v1/auth')
export class MySessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly endSessions: EndSessions,
    private readonly endUserSessions: EndUserSessions,
    private readonly transactions: TransactionRunner,
  ) {}

  @Operation('GET', 'me', {
    id: 'getSelf',
    summary: 'Returns the identity and the permissions of the credential.',
    access: 'self:read',
    reply: Self,
  })
  async getSelf(@AsCaller() caller: Caller): Promise<Self> {
    const { identity, organizationId } = caller;
    const userId = 'userId' in identity ? identity.userId : undefined;
    return {
      role: identity.role,
      organizationId,
      ...(userId === undefined ? {} : { user: toUser(await this.users.load(organizationId, userId)) }),
      ...('agentId' in identity ? { agentId: identity.agentId } : {}),
      ...('keyId' in identity ? { keyId: identity.keyId } : {}),
      permissions: PERMISSION_NAMES.filter((permission) => mayUse(identity, permission)),
    };
  }

  @Operation('GET', 'sessions', {
    id: 'listOwnSessions',
    summary: 'Lists the user’s sessions, newest first.',
    access: 'sessions:own',
    query: SessionsQuery,
    reply: SessionPage,
  })
  async list(@ContractQuery(SessionsQuery) query: SessionsQuery, @AsCaller() caller: Caller): Promise<SessionPage> {
    const { userId, sessionId } = toCallerSession(caller);
    const { limit = DEFAULT_PAGE_SIZE } = query;
    const before = decodeCursor(query.cursor, SESSION_ID_PATTERN);
    const sessions = await this.sessions.findOpen(caller.organizationId, userId, { limit: limit + 1, before });
    return toPage(
      sessions,
      limit,
      ({ _id }) => _id,
      (session) => toSession(session, sessionId),
    );
  }

  @Operation('DELETE', 'sessions/:sessionId', {
    id: 'revokeOwnSession',
    summary: 'Revokes one of the user’s sessions, which may be the current one.',
    access: 'sessions:own',
  })
  async revoke(@Param('sessionId') sessionId: string, @AsCaller() caller: Caller): Promise<void> {
    const { userId } = toCallerSession(caller);
    await this.transactions.run(
      async (tx) => {
        const session = await this.sessions.findById(caller.organizationId, sessionId, tx);
        if (session?.userId !== userId || session.revokedAt) throw createNotFoundError('session', sessionId);
        await this.endSessions.execute([session], 'revoked', tx);
      },
      { actor: caller.options.actor },
    );
  }

  @Operation('DELETE', 'sessions', {
    id: 'revokeOwnOtherSessions',
    summary: 'Revokes all sessions of the user except the current one.',
    access: 'sessions:own',
    reply: RevokedSessions,
  })
  async revokeOthers(@AsCaller() caller: Caller): Promise<RevokedSessions> {
    const { userId, sessionId } = toCallerSession(caller);
    const user = { _id: userId, organizationId: caller.organizationId };
    const revoked = await this.transactions.run((tx) => this.endUserSessions.execute(user, 'revoked', tx, sessionId), {
      actor: caller.options.actor,
    });
    return { revoked };
  }
}
