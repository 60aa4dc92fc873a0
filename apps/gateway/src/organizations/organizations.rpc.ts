import { Controller } from '@nestjs/common';
import {
  GetOrganizationRpc,
  createNotFoundError,
  type GetOrganizationRequest,
  type OrganizationProfile,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { toProfile } from './organization.dto.js';
import { OrganizationRepository } from './organization.repository.js';

/** Returns an organization's profile to the other apps. */
@Controller()
export class OrganizationsRpc {
  constructor(private readonly organizations: OrganizationRepository) {}

  @OnRpc(GetOrganizationRpc)
  async get(request: GetOrganizationRequest, { organizationId }: QueryContext): Promise<OrganizationProfile> {
    if (request.organizationId !== organizationId) throw createNotFoundError('organization', request.organizationId);
    return toProfile(await this.organizations.load(organizationId, organizationId));
  }
}
