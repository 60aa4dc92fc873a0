import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { AgentFacts, EventEnvelope } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeviceRepository } from './device.repository.js';

/** Stores an agent's phone number as a device, for the SMS of the escalation. An outdated event changes nothing. */
@Injectable()
export class StoreAgentPhone {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { payload: { agentId, phone }, sequence }: Pick<EventEnvelope<AgentFacts>, 'payload' | 'sequence'>,
    tx: Transaction,
  ): Promise<void> {
    const device = await this.devices.findPhone(organizationId, agentId, tx);
    if (device?.numberSequence !== undefined && device.numberSequence >= sequence) return;
    await this.devices.putPhone(organizationId, { agentId, phone, sequence }, this.clock.now(), tx);
  }
}
