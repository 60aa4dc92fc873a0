import { Controller } from '@nestjs/common';
import {
  AgentCreated,
  AgentDeactivated,
  AgentUpdated,
  type AgentDeactivatedPayload,
  type AgentFacts,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { StoreAnnouncementReader } from '../announcements/announcements.module.js';
import { ForgetAgentDevices, StoreAgentPhone } from '../devices/devices.module.js';

/** Consumes routing's events about agents. */
@Controller()
export class AgentsConsumer {
  constructor(
    private readonly storeAgentPhone: StoreAgentPhone,
    private readonly storeReader: StoreAnnouncementReader,
    private readonly forgetAgentDevices: ForgetAgentDevices,
  ) {}

  @OnEvent(AgentCreated)
  async agentCreated(event: EventEnvelope<AgentFacts>, { organizationId, tx }: EventContext): Promise<void> {
    await this.storeAgentPhone.execute(organizationId, event, tx);
    await this.storeReader.execute(organizationId, event, tx);
  }

  @OnEvent(AgentUpdated)
  async agentUpdated(event: EventEnvelope<AgentFacts>, { organizationId, tx }: EventContext): Promise<void> {
    await this.storeAgentPhone.execute(organizationId, event, tx);
    await this.storeReader.execute(organizationId, event, tx);
  }

  @OnEvent(AgentDeactivated)
  async agentDeactivated(
    event: EventEnvelope<AgentDeactivatedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.forgetAgentDevices.execute(organizationId, event, tx);
  }
}
