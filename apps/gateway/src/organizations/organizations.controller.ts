import { Controller, Inject } from '@nestjs/common';
import { IdField, OrganizationProfile, TextField } from '#libs/contracts/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { IssueApiKey, type IssuedApiKey } from '../access/issue-api-key.js';
import { ContractBody } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';
import { CreateOrganization } from './create-organization.js';
import { ApiKeyInput, OrganizationInput } from './organization.dto.js';

class AdmittedOrganization extends OrganizationProfile {
  @IdField() keyId!: string;
  @TextField({ max: 200 }) apiKey!: string;
}

class IssuedApiKeyReply extends ApiKeyInput {
  @IdField() keyId!: string;
  @TextField({ max: 200 }) apiKey!: string;
}

@Controller('v1')
export class OrganizationsController {
  constructor(
    @Inject(CreateOrganization) private readonly createOrganization: CreateOrganization,
    @Inject(IssueApiKey) private readonly issueApiKey: IssueApiKey,
  ) {}

  @Operation('POST', 'organizations', {
    id: 'createOrganization',
    summary: 'Admits an organisation; the answer holds its administrator’s key, which is shown this once.',
    access: 'organizations:operate',
    body: OrganizationInput,
    reply: AdmittedOrganization,
    idempotent: false,
  })
  create(@ContractBody(OrganizationInput) input: OrganizationInput): Promise<OrganizationProfile & IssuedApiKey> {
    return this.createOrganization.execute(input);
  }

  @Operation('POST', 'api-keys', {
    id: 'createApiKey',
    summary: 'A key for a system of the organisation, shown this once.',
    access: 'api-keys:write',
    body: ApiKeyInput,
    reply: IssuedApiKeyReply,
    idempotent: false,
  })
  async issue(
    @ContractBody(ApiKeyInput) input: ApiKeyInput,
    @AsCaller() caller: Caller,
  ): Promise<IssuedApiKey & ApiKeyInput> {
    return { ...(await this.issueApiKey.execute(caller.organizationId, input)), ...input };
  }
}
