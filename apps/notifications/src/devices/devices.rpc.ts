import { Controller } from '@nestjs/common';
import {
  ListDevicesRpc,
  RegisterPushSubscriptionRpc,
  RemoveDeviceRpc,
  type DeviceList,
  type DevicePayload,
  type ListDevicesRequest,
  type PushSubscription,
  type PushSubscriptionInput,
  type RemoveDeviceRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { ListDevices } from './list-devices.js';
import { RegisterPushSubscription } from './register-push-subscription.js';
import { RemoveDevice } from './remove-device.js';

/** Queries and commands about an agent's devices. */
@Controller()
export class DevicesRpc {
  constructor(
    private readonly registerPush: RegisterPushSubscription,
    private readonly listDevices: ListDevices,
    private readonly removeDevice: RemoveDevice,
  ) {}

  @OnRpc(RegisterPushSubscriptionRpc)
  registerPushSubscription(
    request: PushSubscriptionInput,
    { organizationId, tx }: CommandContext,
  ): Promise<PushSubscription> {
    return this.registerPush.execute(organizationId, request, tx);
  }

  @OnRpc(ListDevicesRpc)
  devices(request: ListDevicesRequest, { organizationId }: QueryContext): Promise<DeviceList> {
    return this.listDevices.execute(organizationId, request);
  }

  @OnRpc(RemoveDeviceRpc)
  remove(request: RemoveDeviceRequest, { organizationId, tx }: CommandContext): Promise<DevicePayload> {
    return this.removeDevice.execute(organizationId, request, tx);
  }
}
