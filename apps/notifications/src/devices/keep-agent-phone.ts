import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Agent } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeviceRepository } from './device.repository.js';

/** Keeps an agent's number as a device, for the last step of the ladder. */
@Injectable()
export class KeepAgentPhone {
  constructor(
    @Inject(DeviceRepository) private readonly devices: DeviceRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, { agentId, phone }: Agent, tx: Transaction): Promise<void> {
    await this.devices.putPhone(organizationId, agentId, phone, this.clock.now(), tx);
  }
}
