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
import { List } from './devices/list-devices.js';
import { RegisterPushSubsc } from './devices/register-push-subscription.js';
import { Remov } from './devices/remove-device.js';
import { Acknowledge } from './inbox/acknowledge-message.js';
import { Li } from './inbox/list-inbox.js';
import { ReportL } from './inbox/report-listened.js';

/** What may be asked of an agent's inbox and devices. */
@Controller()
export class NotificationsRpc {
  constructor(
    private readonly acknowledgeMessage: Acknowledge,
    private readonly reportListened: ReportL,
    private readonly listInbox: Li,
    private readonly registerPush: RegisterPushSubsc,
    private readonly listDevices: List,
    private readonly removeDevice: Remov,
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
