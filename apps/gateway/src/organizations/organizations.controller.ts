import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { OrganizationProfile } from '#libs/contracts/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { IssueApiKey, type IssuedApiKey } from '../access/issue-api-key.js';
import { ContractBody } from '../http/contract-body.js';
import { CreateOrganization } from './create-organization.js';
import { ApiKeyInput, OrganizationInput } from './organization.dto.js';

@Controller('v1')
export class OrganizationsController {
  constructor(
    @Inject(CreateOrganization) private readonly createOrganization: CreateOrganization,
    @Inject(IssueApiKey) private readonly issueApiKey: IssueApiKey,
  ) {}

  /** The answer holds the administrator's key, which is shown this once. */
  @Post('organizations')
  @Allow('organizations:create')
  @HttpCode(201)
  create(@ContractBody(OrganizationInput) input: OrganizationInput): Promise<OrganizationProfile & IssuedApiKey> {
    return this.createOrganization.execute(input);
  }

  @Post('api-keys')
  @Allow('api-keys:create')
  @HttpCode(201)
  async issue(
    @ContractBody(ApiKeyInput) input: ApiKeyInput,
    @AsMember() member: Member,
  ): Promise<IssuedApiKey & ApiKeyInput> {
    return { ...(await this.issueApiKey.execute(member.organizationId, input)), ...input };
  }
}
