import { Injectable } from '@nestjs/common';
import type { AgentDeactivatedPayload, EventEnvelope } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeviceRepository } from './device.repository.js';

/** Deletes all devices of a deactivated agent, so that no notification reaches them. */
@Injectable()
export class ForgetAgentDevices {
  constructor(private readonly devices: DeviceRepository) {}

  async execute(
    organizationId: OrganizationId,
    { payload }: EventEnvelope<AgentDeactivatedPayload>,
    tx: Transaction,
  ): Promise<void> {
    await this.devices.removeAll(organizationId, payload.agentId, tx);
  }
}
