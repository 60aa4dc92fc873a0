import { Controller, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IdField, InstantField, IntegerField, ObjectField, TextField } from '#libs/contracts/index.js';
import { PASSWORD_LENGTH } from '#libs/domain/identity/password-policy.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';
import { EMAIL, toUser, User } from '../users/users.module.js';
import { ChangePassword } from './change-password.js';
import { ownSessionOf } from '../sessions/sessions.module.js';
import { RefreshSession } from './refresh-session.js';
import type { GivenTokens } from './session-tokens.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import type { Origin } from './start-session.js';

class Credentials {
  @TextField(EMAIL) email!: string;
  @TextField({ max: PASSWORD_LENGTH.max }) password!: string;
}

class RefreshTokenInput {
  @TextField({ max: 200 }) refreshToken!: string;
}

class Tokens implements GivenTokens {
  @TextField({ max: 4000, description: 'Sent as `Authorization: Bearer`.' }) accessToken!: string;
  @IntegerField({ min: 1 }) expiresInSeconds!: number;
  @TextField({ max: 200, description: 'Good for one refresh; the answer holds its successor.' }) refreshToken!: string;
  @InstantField({ description: 'Without a refresh until then, the session is over.' }) refreshExpiresAt!: string;
  @IdField() sessionId!: string;
}

class TokensAndUser extends Tokens {
  @ObjectField(() => User) user!: User;
}

class PasswordChange {
  @TextField({ max: PASSWORD_LENGTH.max }) currentPassword!: string;
  @TextField(PASSWORD_LENGTH) newPassword!: string;
}

/** Signing in, staying signed in, signing out. */
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly changePasswordOf: ChangePassword,
  ) {}

  @Operation('POST', 'login', {
    id: 'login',
    summary: 'Signs a user in; the answer holds a short access token and a refresh token.',
    description:
      'Whatever is wrong, the answer is the same. Repeated failures for one account from one network must wait longer and longer, up to a quarter of an hour.',
    access: 'public',
    status: 200,
    body: Credentials,
    reply: TokensAndUser,
    errors: ['sign_in_failed', 'too_many_tries'],
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  async login(@ContractBody(Credentials) input: Credentials, @Req() request: FastifyRequest): Promise<TokensAndUser> {
    const { user, ...tokens } = await this.signIn.execute(input, originOf(request));
    return { ...tokens, user: toUser(user) };
  }

  @Operation('POST', 'refresh', {
    id: 'refreshSession',
    summary: 'Spends a refresh token for new tokens.',
    description:
      'A repeat within ten seconds answers the same refresh token, in case the first answer was lost. A later one ends the session: somebody has a copy.',
    access: 'public',
    status: 200,
    body: RefreshTokenInput,
    reply: Tokens,
    errors: ['session_ended'],
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  refresh(@ContractBody(RefreshTokenInput) { refreshToken }: RefreshTokenInput): Promise<GivenTokens> {
    return this.refreshSession.execute(refreshToken);
  }

  @Operation('POST', 'logout', {
    id: 'logout',
    summary: 'Ends the session of a refresh token; harmless for one that is worth nothing.',
    access: 'public',
    body: RefreshTokenInput,
    idempotent: false,
  })
  async logout(@ContractBody(RefreshTokenInput) { refreshToken }: RefreshTokenInput): Promise<void> {
    await this.signOut.execute(refreshToken);
  }

  @Operation('POST', 'password', {
    id: 'changePassword',
    summary: 'Sets another password; every other session of the user ends.',
    access: 'sessions:own',
    body: PasswordChange,
    errors: ['password_wrong', 'too_many_tries'],
    idempotent: false,
  })
  async changePassword(
    @ContractBody(PasswordChange) input: PasswordChange,
    @AsCaller() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.changePasswordOf.execute(caller, ownSessionOf(caller), input, request.ip);
  }
}

const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  userAgent: request.headers['user-agent'],
});
