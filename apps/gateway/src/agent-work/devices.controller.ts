import { Controller, Param } from '@nestjs/common';
import {
  DeviceList,
  ListDevicesRpc,
  PushSubscription,
  RegisterPushSubscriptionRpc,
  RemoveDeviceRpc,
  TextField,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';

class OwnPushSubscription {
  @TextField({ max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' }) endpoint!: string;
  @TextField({ max: 200 }) p256dh!: string;
  @TextField({ max: 100 }) auth!: string;
}

/** Devices on which an agent receives push notifications while the application is closed. */
@Controller('v1/me')
export class DevicesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'push-subscriptions', {
    id: 'registerPushSubscription',
    summary: 'Registers a device of the agent for push notifications.',
    access: 'devices:own',
    body: OwnPushSubscription,
    reply: PushSubscription,
    errors: RegisterPushSubscriptionRpc.errors,
  })
  register(
    @ContractBody(OwnPushSubscription) input: OwnPushSubscription,
    @AsCaller() caller: Caller,
  ): Promise<PushSubscription> {
    const { agentId } = caller;
    return this.rpc.call(RegisterPushSubscriptionRpc, { ...input, agentId }, caller.options);
  }

  @Operation('GET', 'devices', {
    id: 'listOwnDevices',
    summary: 'Lists the agent’s devices, newest first; at most 200.',
    access: 'devices:own',
    reply: DeviceList,
  })
  list(@AsCaller() caller: Caller): Promise<DeviceList> {
    const { agentId } = caller;
    return this.rpc.call(ListDevicesRpc, { agentId }, caller.options);
  }

  @Operation('DELETE', 'devices/:deviceId', {
    id: 'removeOwnDevice',
    summary: 'Removes a device. It receives no more push notifications.',
    access: 'devices:own',
    errors: RemoveDeviceRpc.errors,
  })
  async remove(@Param('deviceId') deviceId: string, @AsCaller() caller: Caller): Promise<void> {
    const { agentId } = caller;
    await this.rpc.call(RemoveDeviceRpc, { agentId, deviceId }, caller.options);
  }
}
