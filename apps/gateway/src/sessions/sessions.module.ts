import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { sessionSchema } from '#libs/persistence/schemas/gateway/sessions.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { UsersModule } from '../users/users.module.js';
import { EndSessions } from './end-sessions.js';
import { EndUserSessions } from './end-user-sessions.js';
import { MySessionsController } from './my-sessions.controller.js';
import { SessionCache } from './session-cache.js';
import { SessionVerifier } from './session-verifier.js';
import { SessionRepository } from './session.repository.js';

export { EndSessions } from './end-sessions.js';
export { EndUserSessions } from './end-user-sessions.js';
export { type CallerSession, toCallerSession } from './caller-session.js';
export { SessionRepository } from './session.repository.js';
export { SESSION_ID_PATTERN } from './my-sessions.controller.js';
export { SessionVerifier } from './session-verifier.js';
export { RevokedSessions, SessionPage, SessionsQuery, toSession } from './session.dto.js';

/** Sessions of users: verification, listing and revocation. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Session', schema: sessionSchema }]), RevocationModule, UsersModule],
  controllers: [MySessionsController],
  providers: [EndSessions, EndUserSessions, SessionCache, SessionVerifier, SessionRepository],
  exports: [EndSessions, EndUserSessions, SessionVerifier, SessionRepository],
})
export class SessionsModule {}
