import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { apiKeySchema } from '#libs/persistence/schemas/gateway/api-keys.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeysController } from './api-keys.controller.js';
import { IssueApiKey } from './issue-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RotateApiKey } from './rotate-api-key.js';

export { ApiKeyVerifier } from './api-key-verifier.js';
export { IssueApiKey } from './issue-api-key.js';

/** API keys of an organization’s systems. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'ApiKey', schema: apiKeySchema }]), IdempotencyModule, RevocationModule],
  controllers: [ApiKeysController],
  providers: [ApiKeyVerifier, ApiKeyRepository, IssueApiKey, RevokeApiKey, RotateApiKey],
  exports: [ApiKeyVerifier, IssueApiKey],
})
export class ApiKeysModule {}
