import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AgentTokens } from './agent-tokens.js';
import { Authenticate } from './authenticate.js';
import { VerifiedCredentials } from './verified-credentials.js';

export { AccessGuard } from './access.guard.js';
export { AgentTokens } from './agent-tokens.js';
export { Authenticate } from './authenticate.js';

/** Finds out who asks, and keeps out who may not. */
@Module({
  imports: [ApiKeysModule, CredentialsModule, RevocationModule, SessionsModule],
  providers: [AgentTokens, Authenticate, VerifiedCredentials],
  exports: [AgentTokens, Authenticate],
})
export class AuthenticationModule {}
