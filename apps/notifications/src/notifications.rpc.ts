import { Controller } from '@nestjs/common';
import {
  AcknowledgeMessageRpc,
  ListDevicesRpc,
  ListInboxRpc,
  RegisterPushSubscriptionRpc,
  RemoveDeviceRpc,
  ReportListenedRpc,
  type AcknowledgeMessageRequest,
  type DeviceList,
  type DevicePayload,
  type InboxMessage,
  type InboxPage,
  type ListDevicesRequest,
  type ListInboxRequest,
  type PushSubscription,
  type PushSubscriptionInput,
  type RemoveDeviceRequest,
  type ReportListenedRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { ListDevices } from './devices/list-devices.js';
import { RegisterPushSubscription } from './devices/register-push-subscription.js';
import { RemoveDevice } from './devices/remove-device.js';
import { AcknowledgeMessage } from './inbox/acknowledge-message.js';
import { ListInbox } from './inbox/list-inbox.js';
import { ReportListened } from './inbox/report-listened.js';

/** What may be asked of an agent's inbox and devices. */
@Controller()
export class NotificationsRpc {
  constructor(
    private readonly acknowledgeMessage: AcknowledgeMessage,
    private readonly reportListened: ReportListened,
    private readonly listInbox: ListInbox,
    private readonly registerPush: RegisterPushSubscription,
    private readonly listDevices: ListDevices,
    private readonly removeDevice: RemoveDevice,
  ) {}

  @OnRpc(AcknowledgeMessageRpc)
  acknowledge(request: AcknowledgeMessageRequest, { organizationId, tx }: RpcContext): Promise<InboxMessage> {
    return this.acknowledgeMessage.execute(organizationId, request, tx);
  }

  @OnRpc(ReportListenedRpc)
  listened(request: ReportListenedRequest, { organizationId, tx }: RpcContext): Promise<InboxMessage> {
    return this.reportListened.execute(organizationId, request, tx);
  }

  @OnRpc(ListInboxRpc)
  list(request: ListInboxRequest, { organizationId }: QueryContext): Promise<InboxPage> {
    return this.listInbox.execute(organizationId, request);
  }

  @OnRpc(RegisterPushSubscriptionRpc)
  registerPushSubscription(
    request: PushSubscriptionInput,
    { organizationId, tx }: RpcContext,
  ): Promise<PushSubscription> {
    return this.registerPush.execute(organizationId, request, tx);
  }

  @OnRpc(ListDevicesRpc)
  devices(request: ListDevicesRequest, { organizationId }: QueryContext): Promise<DeviceList> {
    return this.listDevices.execute(organizationId, request);
  }

  @OnRpc(RemoveDeviceRpc)
  remove(request: RemoveDeviceRequest, { organizationId, tx }: RpcContext): Promise<DevicePayload> {
    return this.removeDevice.execute(organizationId, request, tx);
  }
}
