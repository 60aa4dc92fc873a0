import { Injectable } from '@nestjs/common';
import { GetOrganizationRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { OrganizationProfileRepository } from './organization-profile.repository.js';

/**
 * Finds an organization's profile, which contains its calling policy: the local copy, or the gateway's reply until the
 * organization's event arrives.
 */
@Injectable()
export class FindOrganizationProfile {
  constructor(
    private readonly profiles: OrganizationProfileRepository,
    private readonly rpc: RpcClient,
  ) {}

  async execute(organizationId: OrganizationId): Promise<OrganizationProfileDocument> {
    const localCopy = await this.profiles.findById(organizationId, organizationId);
    if (localCopy) return localCopy;
    const profile = await this.rpc.call(GetOrganizationRpc, { organizationId }, { organizationId });
    // Sequence 0 lets every event replace this copy.
    return this.profiles.put(organizationId, profile, 0);
  }
}
