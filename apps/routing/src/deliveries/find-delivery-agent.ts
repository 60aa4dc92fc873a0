import { Injectable } from '@nestjs/common';
import type { DeliveryAgent } from '#libs/contracts/index.js';
import { isCodeDay } from '#libs/domain/instructions/codes/code-day.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { DeliveryRepository } from './delivery.repository.js';

/** Returns the agent of a delivery, and whether the agent may see its access codes now. */
@Injectable()
export class FindDeliveryAgent {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, deliveryId: string): Promise<DeliveryAgent> {
    const { agentId, window } = await this.deliveries.load(organizationId, deliveryId);
    if (agentId === undefined) return { deliveryId, showsCodes: false };
    const { zone } = await this.findProfile.execute(organizationId);
    return { deliveryId, agentId, showsCodes: isCodeDay(window, this.clock.now(), zone) };
  }
}
