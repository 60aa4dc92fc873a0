import { Injectable } from '@nestjs/common';
import type { Device, DeviceList, ListDevicesRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { DeviceDocument } from '#libs/persistence/schemas/notifications/devices.js';
import { DeviceRepository } from './device.repository.js';

/** More than anybody carries; what is older is not reached any more. */
const MOST = 200;

/** What one agent can be reached by, newest first. */
@Injectable()
export class ListDevices {
  constructor(private readonly devices: DeviceRepository) {}

  async execute(organizationId: OrganizationId, { agentId }: ListDevicesRequest): Promise<DeviceList> {
    return { items: (await this.devices.listOf(organizationId, agentId, MOST)).map(toDevice) };
  }
}

/** An endpoint's path is a secret of its own: whoever knows it can be pushed to. Only the host is told. */
function toDevice({ _id, kind, address, createdAt }: DeviceDocument): Device {
  const reachedAt = kind === 'phone' ? address : new URL(address).host;
  return { deviceId: _id, kind, reachedAt, createdAt: createdAt.toISOString() };
}
