import { Module, type DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { accessChangeSchema } from '#libs/persistence/schemas/gateway/access-changes.js';
import { agentAccessSchema } from '#libs/persistence/schemas/gateway/agent-access.js';
import { apiKeySchema } from '#libs/persistence/schemas/gateway/api-keys.js';
import { auditEntrySchema } from '#libs/persistence/schemas/gateway/audit-entries.js';
import { invitationSchema } from '#libs/persistence/schemas/gateway/invitations.js';
import { organizationSchema } from '#libs/persistence/schemas/gateway/organizations.js';
import { sessionSchema } from '#libs/persistence/schemas/gateway/sessions.js';
import { signInTriesSchema } from '#libs/persistence/schemas/gateway/sign-in-tries.js';
import { userSchema } from '#libs/persistence/schemas/gateway/users.js';
import { ApiKeyProof } from '../api-keys/api-key-proof.js';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { ApiKeysController } from '../api-keys/api-keys.controller.js';
import { IssueApiKey } from '../api-keys/issue-api-key.js';
import { RevokeApiKey } from '../api-keys/revoke-api-key.js';
import { RotateApiKey } from '../api-keys/rotate-api-key.js';
import { AuditEntryRepository } from '../audit/audit-entry.repository.js';
import { AuditLogController } from '../audit/audit-log.controller.js';
import { AuditConsumer } from '../audit/audit.consumer.js';
import { RecordAuditEntry } from '../audit/record-audit-entry.js';
import { OwnCommands } from '../own-commands/own-commands.js';
import { GatewayConfig } from '../gateway.config.js';
import { AcceptInvitation } from '../invitations/accept-invitation.js';
import { CreateInvitation } from '../invitations/create-invitation.js';
import { InvitationRepository } from '../invitations/invitation.repository.js';
import { InvitationsController } from '../invitations/invitations.controller.js';
import { IssueInvitation } from '../invitations/issue-invitation.js';
import { CreateOrganization } from '../organizations/create-organization.js';
import { OrganizationRepository } from '../organizations/organization.repository.js';
import { OrganizationsConsumer } from '../organizations/organizations.consumer.js';
import { OrganizationsController } from '../organizations/organizations.controller.js';
import { UpdateOrganization } from '../organizations/update-organization.js';
import { AuthController } from '../sessions/auth.controller.js';
import { ChangePassword } from '../sessions/change-password.js';
import { EndSessions } from '../sessions/end-sessions.js';
import { OwnSessionsController } from '../sessions/own-sessions.controller.js';
import { RefreshSession } from '../sessions/refresh-session.js';
import { RefreshTokens } from '../sessions/refresh-tokens.js';
import { SessionCache } from '../sessions/session-cache.js';
import { SessionProof } from '../sessions/session-proof.js';
import { SessionTokens } from '../sessions/session-tokens.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { SignIn } from '../sessions/sign-in.js';
import { SignInTriesRepository } from '../sessions/sign-in-tries.repository.js';
import { SignOut } from '../sessions/sign-out.js';
import { StartSession } from '../sessions/start-session.js';
import { UpdateUser } from '../users/update-user.js';
import { UserRepository } from '../users/user.repository.js';
import { UsersController } from '../users/users.controller.js';
import { AccessChangeRepository } from './access-change.repository.js';
import { AccessChanges } from './access-changes.js';
import { AgentAccessRepository } from './agent-access.repository.js';
import { AgentTokens } from './agent-tokens.js';
import { Authenticate } from './authenticate.js';
import { EndAgentAccess } from './end-agent-access.js';
import { JwtProof } from './jwt-proof.js';
import { Passwords } from './passwords.js';
import { TokenKeys } from './token-keys.js';
import { VerifiedCredentials } from './verified-credentials.js';

/** Who is asking, what belongs to them, and who must not any more: what the gateway itself is the only writer of. */
@Module({})
export class IdentityModule {
  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      imports: [
        MongooseModule.forFeature([
          { name: 'AccessChange', schema: accessChangeSchema },
          { name: 'AgentAccess', schema: agentAccessSchema },
          { name: 'ApiKey', schema: apiKeySchema },
          { name: 'AuditEntry', schema: auditEntrySchema },
          { name: 'Invitation', schema: invitationSchema },
          { name: 'Organization', schema: organizationSchema },
          { name: 'Session', schema: sessionSchema },
          { name: 'SignInTries', schema: signInTriesSchema },
          { name: 'User', schema: userSchema },
        ]),
      ],
      controllers: [
        AuthController,
        OwnSessionsController,
        UsersController,
        InvitationsController,
        ApiKeysController,
        OrganizationsController,
        OrganizationsConsumer,
        AuditLogController,
        AuditConsumer,
      ],
      providers: [
        { provide: GatewayConfig, useValue: config },
        ...ACCESS,
        ...SESSIONS,
        ...PEOPLE,
        ...KEYS,
        ...ORGANIZATIONS,
        AuditEntryRepository,
        RecordAuditEntry,
      ],
      exports: [
        ...[GatewayConfig, AccessChanges, AgentTokens, Authenticate, EndAgentAccess, OwnCommands, RecordAuditEntry],
        OrganizationRepository,
      ],
    };
  }
}

const ACCESS = [
  AccessChangeRepository,
  AccessChanges,
  AgentAccessRepository,
  AgentTokens,
  Authenticate,
  EndAgentAccess,
  JwtProof,
  OwnCommands,
  Passwords,
  TokenKeys,
  VerifiedCredentials,
];
const SESSIONS = [
  ChangePassword,
  EndSessions,
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
];
const PEOPLE = [AcceptInvitation, CreateInvitation, InvitationRepository, IssueInvitation, UpdateUser, UserRepository];
const KEYS = [ApiKeyProof, ApiKeyRepository, IssueApiKey, RevokeApiKey, RotateApiKey];
const ORGANIZATIONS = [CreateOrganization, OrganizationRepository, UpdateOrganization];
