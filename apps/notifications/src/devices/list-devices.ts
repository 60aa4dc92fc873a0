import { Injectable } from '@nestjs/common';
import type { Device, DeviceList, ListDevicesRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { DeviceDocument } from '#libs/persistence/schemas/notifications/devices.js';
import { DeviceRepository } from './device.repository.js';

/** Far more devices than one agent uses. Older ones are not listed. */
const MAX_DEVICES = 200;

/** Lists an agent's devices, newest first. */
@Injectable()
export class ListDevices {
  constructor(private readonly devices: DeviceRepository) {}

  async execute(organizationId: OrganizationId, { agentId }: ListDevicesRequest): Promise<DeviceList> {
    return { items: (await this.devices.listByAgent(organizationId, agentId, MAX_DEVICES)).map(toDevice) };
  }
}

/** Returns only the host of a push endpoint, because its path authorizes sending pushes to the device. */
function toDevice({ _id, kind, address, createdAt }: DeviceDocument): Device {
  const reachedAt = kind === 'phone' ? address : new URL(address).host;
  return { deviceId: _id, kind, reachedAt, createdAt: createdAt.toISOString() };
}
