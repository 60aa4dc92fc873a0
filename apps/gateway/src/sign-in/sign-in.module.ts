import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { signInTriesSchema } from '#libs/persistence/schemas/gateway/sign-in-tries.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthController } from './auth.controller.js';
import { ChangePassword } from './change-password.js';
import { RefreshSession } from './refresh-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionTokens } from './session-tokens.js';
import { SignIn } from './sign-in.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { SignOut } from './sign-out.js';
import { StartSession } from './start-session.js';

/** Sign-in, token refresh, sign-out and password changes. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: 'SignInTries', schema: signInTriesSchema }]),
    CredentialsModule,
    RevocationModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: [AuthController],
  providers: [
    ChangePassword,
    RefreshSession,
    RefreshTokens,
    SessionTokens,
    SignIn,
    SignInAttemptsRepository,
    SignOut,
    StartSession,
  ],
})
export class SignInModule {}
