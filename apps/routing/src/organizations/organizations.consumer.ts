import { Controller } from '@nestjs/common';
import {
  OrganizationCreated,
  OrganizationUpdated,
  type EventEnvelope,
  type OrganizationProfile,
  type OrganizationUpdatedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { OrganizationProfileRepository } from './organization-profile.repository.js';

/** Updates routing's copies of organization profiles. */
@Controller()
export class OrganizationsConsumer {
  constructor(private readonly profiles: OrganizationProfileRepository) {}

  @OnEvent(OrganizationCreated)
  async onCreated(event: EventEnvelope<OrganizationProfile>, { organizationId, tx }: EventContext): Promise<void> {
    await this.profiles.put(organizationId, event.payload, event.sequence, tx);
  }

  @OnEvent(OrganizationUpdated)
  async onUpdated(
    event: EventEnvelope<OrganizationUpdatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.profiles.put(organizationId, event.payload, event.sequence, tx);
  }
}
