import { Injectable } from '@nestjs/common';
import { GetOrganizationRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { OrganizationProfileRepository } from './organization-profile.repository.js';

/** Finds an organization's calling policy: the local copy, or the gateway's reply while the event has not arrived. */
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
    return this.profiles.put(organizationId, profile, 0);
  }
}
