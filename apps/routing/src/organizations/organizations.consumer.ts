import { Controller, Inject } from '@nestjs/common';
import { OrganizationCreated, type EventEnvelope, type OrganizationProfile } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { OrganizationProfileRepository } from './organization-profile.repository.js';

@Controller()
export class OrganizationsConsumer {
  constructor(@Inject(OrganizationProfileRepository) private readonly profiles: OrganizationProfileRepository) {}

  @OnEvent(OrganizationCreated)
  async onCreated(event: EventEnvelope<OrganizationProfile>, { organizationId, tx }: EventContext): Promise<void> {
    await this.profiles.put(organizationId, event.payload, tx);
  }
}
