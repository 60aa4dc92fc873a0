import { Injectable } from '@nestjs/common';
import {
  CodedError,
  DeviceRemoved,
  createNotFoundError,
  type DevicePayload,
  type RemoveDeviceRequest,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { DeviceRepository } from './device.repository.js';

/** Removes one of an agent's devices. */
@Injectable()
export class RemoveDevice {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also for another agent's device; `phone_stays` for the agent's phone number */
  async execute(
    organizationId: OrganizationId,
    { agentId, deviceId }: RemoveDeviceRequest,
    tx: Transaction,
  ): Promise<DevicePayload> {
    const device = await this.devices.findById(organizationId, deviceId, tx);
    if (device?.agentId !== agentId) throw createNotFoundError('device', deviceId);
    if (device.kind === 'phone') {
      throw new CodedError('phone_stays', 'The phone number belongs to the agent’s record. Change it there.');
    }
    await this.devices.remove(organizationId, deviceId, tx);
    const payload = { deviceId, agentId };
    const sequence = device.sequence + 1;
    tx.emit({
      contract: DeviceRemoved,
      organizationId,
      aggregateId: deviceId,
      sequence,
      payload,
      occurredAt: this.clock.now(),
    });
    return payload;
  }
}
