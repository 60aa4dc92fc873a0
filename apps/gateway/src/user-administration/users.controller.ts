import { Controller, Param } from '@nestjs/common';
import { decodeCursor, toPage, TransactionRunner } from '#libs/persistence/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { AsIdempotentCommand, type IdempotentCommand, IdempotentCommands } from '../idempotency/idempotency.module.js';
import {
  EndUserSessions,
  RevokedSessions,
  SESSION_ID_PATTERN,
  SessionPage,
  SessionRepository,
  SessionsQuery,
  toSession,
} from '../sessions/sessions.module.js';
import { UpdateUser } from './update-user.js';
import { toUser, User, UserChanges, UserPage, UserRepository, UsersQuery } from '../users/users.module.js';

const DEFAULT_PAGE_SIZE = 50;
const USER_ID_PATTERN = /^usr_[0-9a-f]{24}$/;

/** The users of an organization. Users are created only by accepting an invitation. */
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly updateUser: UpdateUser,
    private readonly endUserSessions: EndUserSessions,
    private readonly commands: IdempotentCommands,
    private readonly transactions: TransactionRunner,
  ) {}

  @Operation('GET', '', {
    id: 'listUsers',
    summary: 'Lists the organization’s users, newest first.',
    access: 'users:read',
    query: UsersQuery,
    reply: UserPage,
  })
  async list(@ContractQuery(UsersQuery) query: UsersQuery, @AsCaller() caller: Caller): Promise<UserPage> {
    const { limit = DEFAULT_PAGE_SIZE, role } = query;
    const before = decodeCursor(query.cursor, USER_ID_PATTERN);
    const users = await this.users.findPage(caller.organizationId, { limit: limit + 1, before, role });
    return toPage(users, limit, ({ _id }) => _id, toUser);
  }

  @Operation('GET', ':userId', {
    id: 'getUser',
    summary: 'Returns a user.',
    access: 'users:read',
    reply: User,
    etag: true,
  })
  async get(@Param('userId') userId: string, @AsCaller() caller: Caller): Promise<User> {
    return toUser(await this.users.load(caller.organizationId, userId));
  }

  @Operation('PATCH', ':userId', {
    id: 'updateUser',
    summary: 'Changes a user’s name, role, agent or active state.',
    description:
      'With `active: false`, all sessions and tokens of the user stop working immediately. The last active administrator ' +
      'cannot be deactivated.',
    access: 'users:write',
    body: UserChanges,
    reply: User,
    errors: ['last_admin'],
    etag: true,
    ifMatch: true,
  })
  async update(
    @Param('userId') userId: string,
    @ContractBody(UserChanges) changes: UserChanges,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<User> {
    return this.commands.run(command, async (tx) => toUser(await this.updateUser.execute(caller, userId, changes, tx)));
  }

  @Operation('GET', ':userId/sessions', {
    id: 'listUserSessions',
    summary: 'Lists a user’s sessions, newest first.',
    access: 'users:write',
    query: SessionsQuery,
    reply: SessionPage,
  })
  async listSessions(
    @Param('userId') userId: string,
    @ContractQuery(SessionsQuery) query: SessionsQuery,
    @AsCaller() caller: Caller,
  ): Promise<SessionPage> {
    const { limit = DEFAULT_PAGE_SIZE } = query;
    const before = decodeCursor(query.cursor, SESSION_ID_PATTERN);
    const user = await this.users.load(caller.organizationId, userId);
    const sessions = await this.sessions.findOpen(caller.organizationId, user._id, { limit: limit + 1, before });
    const currentSessionId = 'sessionId' in caller.identity ? caller.identity.sessionId : undefined;
    return toPage(
      sessions,
      limit,
      ({ _id }) => _id,
      (session) => toSession(session, currentSessionId),
    );
  }

  @Operation('DELETE', ':userId/sessions', {
    id: 'revokeUserSessions',
    summary: 'Revokes all sessions of a user.',
    access: 'users:write',
    reply: RevokedSessions,
  })
  async revokeSessions(@Param('userId') userId: string, @AsCaller() caller: Caller): Promise<RevokedSessions> {
    const revoked = await this.transactions.run(
      async (tx) => {
        const user = await this.users.load(caller.organizationId, userId, tx);
        return this.endUserSessions.execute(user, 'revoked', tx);
      },
      { actor: caller.options.actor },
    );
    return { revoked };
  }
}
