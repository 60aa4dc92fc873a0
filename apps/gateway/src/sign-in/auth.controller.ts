import { Controller, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IdField, InstantField, IntegerField, ObjectField, TextField } from '#libs/contracts/index.js';
import { PASSWORD_LENGTH } from '#libs/domain/identity/password-policy.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';
import { EMAIL, toUser, User } from '../users/users.module.js';
import { ChangePassword } from './change-password.js';
import { toCallerSession } from '../sessions/sessions.module.js';
import { RefreshSession } from './refresh-session.js';
import type { IssuedTokens } from './session-tokens.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import type { SignInClient } from './start-session.js';

class Credentials {
  @TextField(EMAIL) email!: string;
  @TextField({ max: PASSWORD_LENGTH.max }) password!: string;
}

class RefreshTokenInput {
  @TextField({ max: 200 }) refreshToken!: string;
}

class Tokens implements IssuedTokens {
  @TextField({ max: 4000, description: 'Sent as `Authorization: Bearer`.' }) accessToken!: string;
  @IntegerField({ min: 1 }) expiresInSeconds!: number;
  @TextField({ max: 200, description: 'Valid for one refresh; the response holds its successor.' })
  refreshToken!: string;
  @InstantField({ description: 'Without a refresh until then, the session ends.' }) refreshExpiresAt!: string;
  @IdField() sessionId!: string;
}

class TokensAndUser extends Tokens {
  @ObjectField(() => User) user!: User;
}

class PasswordChange {
  @TextField({ max: PASSWORD_LENGTH.max }) currentPassword!: string;
  @TextField(PASSWORD_LENGTH) newPassword!: string;
}

/** Sign-in, token refresh, sign-out and password changes. */
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly changeCallerPassword: ChangePassword,
  ) {}

  @Operation('POST', 'login', {
    id: 'login',
    summary: 'Signs a user in. The response holds a short-lived access token and a refresh token.',
    description:
      'The response to a failure is the same for every reason. After repeated failures for one account from one network, the ' +
      'next attempt has to wait, up to a quarter of an hour.',
    access: 'public',
    status: 200,
    body: Credentials,
    reply: TokensAndUser,
    errors: ['sign_in_failed', 'too_many_tries'],
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  async login(@ContractBody(Credentials) input: Credentials, @Req() request: FastifyRequest): Promise<TokensAndUser> {
    const { user, ...tokens } = await this.signIn.execute(input, toSignInClient(request));
    return { ...tokens, user: toUser(user) };
  }

  @Operation('POST', 'refresh', {
    id: 'refreshSession',
    summary: 'Exchanges a refresh token for new tokens.',
    description:
      'A repeat within ten seconds returns the same refresh token, in case the first response was lost. A later repeat ' +
      'ends the session, because the token may have been stolen.',
    access: 'public',
    status: 200,
    body: RefreshTokenInput,
    reply: Tokens,
    errors: ['session_ended'],
    idempotent: false,
  })
  @Header('cache-control', 'no-store')
  refresh(@ContractBody(RefreshTokenInput) { refreshToken }: RefreshTokenInput): Promise<IssuedTokens> {
    return this.refreshSession.execute(refreshToken);
  }

  @Operation('POST', 'logout', {
    id: 'logout',
    summary: 'Ends the session of a refresh token. An invalid token changes nothing.',
    access: 'public',
    body: RefreshTokenInput,
    idempotent: false,
  })
  async logout(@ContractBody(RefreshTokenInput) { refreshToken }: RefreshTokenInput): Promise<void> {
    await this.signOut.execute(refreshToken);
  }

  @Operation('POST', 'password', {
    id: 'changePassword',
    summary: 'Changes the password. All other sessions of the user end.',
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
    await this.changeCallerPassword.execute(caller, toCallerSession(caller), input, request.ip);
  }
}

const toSignInClient = (request: FastifyRequest): SignInClient => ({
  ipAddress: request.ip,
  userAgent: request.headers['user-agent'],
});
