import { Controller } from '@nestjs/common';
import { GetDeliveryAgentRpc, type DeliveryAgent, type GetDeliveryAgentRequest } from '#libs/contracts/index.js';
import { isCodeDay } from '#libs/domain/instructions/codes/code-day.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { FindOrganizationProfile } from '../organizations/find-organization-profile.js';

/** Tells other apps whose delivery it is. */
@Controller()
export class DeliveryAgentConsumer {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly clock: Clock,
  ) {}

  @OnRpc(GetDeliveryAgentRpc)
  async agentOf({ deliveryId }: GetDeliveryAgentRequest, { organizationId }: QueryContext): Promise<DeliveryAgent> {
    const { agentId, window } = await this.deliveries.load(organizationId, deliveryId);
    if (agentId === undefined) return { deliveryId, showsCodes: false };
    const { zone } = await this.findProfile.execute(organizationId);
    return { deliveryId, agentId, showsCodes: isCodeDay(window, this.clock.now(), zone) };
  }
}
