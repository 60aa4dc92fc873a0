import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { deviceSchema } from '#libs/persistence/schemas/notifications/devices.js';
import { AddressesModule } from '../addresses/addresses.module.js';
import { DEVICE_MODEL, DeviceRepository } from './device.repository.js';
import { DevicesRpc } from './devices.rpc.js';
import { ForgetAgentDevices } from './forget-agent-devices.js';
import { StoreAgentPhone } from './store-agent-phone.js';
import { ListDevices } from './list-devices.js';
import { RegisterPushSubscription } from './register-push-subscription.js';
import { RemoveDevice } from './remove-device.js';

export { DeviceRepository } from './device.repository.js';
export { ForgetAgentDevices } from './forget-agent-devices.js';
export { StoreAgentPhone } from './store-agent-phone.js';

/** The ways to reach an agent: push subscriptions and the phone number of the agent's record. */
@Module({
  imports: [MongooseModule.forFeature([{ name: DEVICE_MODEL, schema: deviceSchema }]), AddressesModule],
  controllers: [DevicesRpc],
  providers: [
    DeviceRepository,
    RegisterPushSubscription,
    ListDevices,
    RemoveDevice,
    StoreAgentPhone,
    ForgetAgentDevices,
  ],
  exports: [DeviceRepository, StoreAgentPhone, ForgetAgentDevices],
})
export class DevicesModule {}
