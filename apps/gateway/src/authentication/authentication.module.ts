import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AgentTokens } from './agent-tokens.js';
import { Authenticate } from './authenticate.js';
import { JwtGuard } from './jwt.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { VerifiedCredentials } from './verified-credentials.js';

export { AccessGuard } from './access.guard.js';
export { AgentTokens } from './agent-tokens.js';
export { Authenticate } from './authenticate.js';
export { VerifiedCredentials } from './verified-credentials.js';

/** Authenticates requests and checks permissions. */
@Module({
  imports: [PassportModule, ApiKeysModule, CredentialsModule, RevocationModule, SessionsModule],
  providers: [AgentTokens, Authenticate, JwtGuard, JwtStrategy, VerifiedCredentials],
  exports: [AgentTokens, Authenticate, VerifiedCredentials],
})
export class AuthenticationModule {}
