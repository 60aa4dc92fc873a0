import { Module, type DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { accessChangeSchema } from '#libs/persistence/schemas/access-changes.js';
import { apiKeySchema } from '#libs/persistence/schemas/api-keys.js';
import { GatewayConfig } from '../gateway.config.js';
import { AccessChangeRepository } from './access-change.repository.js';
import { AccessChanges } from './access-changes.js';
import { AgentTokens } from './agent-tokens.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { Authenticate } from './authenticate.js';
import { IssueApiKey } from './issue-api-key.js';
import { VerifiedCredentials } from './verified-credentials.js';

/** Who is asking, and who must not any more. */
@Module({})
export class AccessModule {
  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [
        MongooseModule.forFeature([
          { name: 'AccessChange', schema: accessChangeSchema },
          { name: 'ApiKey', schema: apiKeySchema },
        ]),
      ],
      providers: [
        { provide: GatewayConfig, useValue: config },
        AccessChangeRepository,
        AccessChanges,
        VerifiedCredentials,
        ApiKeyRepository,
        IssueApiKey,
        AgentTokens,
        Authenticate,
      ],
      exports: [AccessChanges, AgentTokens, Authenticate, IssueApiKey],
    };
  }
}
