import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { sessionSchema } from '#libs/persistence/schemas/gateway/sessions.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { UsersModule } from '../users/users.module.js';
import { EndSessions } from './end-sessions.js';
import { EndUserSessions } from './end-user-sessions.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { SessionCache } from './session-cache.js';
import { SessionProof } from './session-proof.js';
import { SessionRepository } from './session.repository.js';

export { EndSessions } from './end-sessions.js';
export { EndUserSessions } from './end-user-sessions.js';
export { type OwnSession, ownSessionOf } from './own-session.js';
export { SessionRepository } from './session.repository.js';
export { SESSION_ID } from './own-sessions.controller.js';
export { SessionProof } from './session-proof.js';
export { RevokedSessions, SessionPage, SessionsQuery, toSession } from './session.dto.js';

/** Sessions of users: verification, listing and revocation. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Session', schema: sessionSchema }]), RevocationModule, UsersModule],
  controllers: [OwnSessionsController],
  providers: [EndSessions, EndUserSessions, SessionCache, SessionProof, SessionRepository],
  exports: [EndSessions, EndUserSessions, SessionProof, SessionRepository],
})
export class SessionsModule {}
