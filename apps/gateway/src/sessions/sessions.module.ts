import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { sessionSchema } from '#libs/persistence/schemas/gateway/sessions.js';
import { signInTriesSchema } from '#libs/persistence/schemas/gateway/sign-in-tries.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthController } from './auth.controller.js';
import { ChangePassword } from './change-password.js';
import { EndSessions } from './end-sessions.js';
import { EndUserSessions } from './end-user-sessions.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { RefreshSession } from './refresh-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionCache } from './session-cache.js';
import { SessionProof } from './session-proof.js';
import { SessionTokens } from './session-tokens.js';
import { SessionRepository } from './session.repository.js';
import { SignIn } from './sign-in.js';
import { SignInTriesRepository } from './sign-in-tries.repository.js';
import { SignOut } from './sign-out.js';
import { StartSession } from './start-session.js';

export { EndUserSessions } from './end-user-sessions.js';
export { SESSION_ID } from './own-sessions.controller.js';
export { SessionProof } from './session-proof.js';
export { RevokedSessions, SessionPage, SessionsQuery, toSession } from './session.dto.js';
export { SessionRepository } from './session.repository.js';

/** Signing in, staying signed in, signing out. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'Session', schema: sessionSchema },
      { name: 'SignInTries', schema: signInTriesSchema },
    ]),
    CredentialsModule,
    RevocationModule,
    UsersModule,
  ],
  controllers: [AuthController, OwnSessionsController],
  providers: [
    ChangePassword,
    EndSessions,
    EndUserSessions,
    RefreshSession,
    RefreshTokens,
    SessionCache,
    SessionProof,
    SessionRepository,
    SessionTokens,
    SignIn,
    SignInTriesRepository,
    SignOut,
    StartSession,
  ],
  exports: [EndUserSessions, SessionProof, SessionRepository],
})
export class SessionsModule {}
