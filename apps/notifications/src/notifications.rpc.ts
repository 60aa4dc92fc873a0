import { Controller } from '@nestjs/common';
import {
  AcknowledgeMessage,
  ListDevices,
  ListInbox,
  RegisterPushSubscription,
  RemoveDevice,
  ReportListened,
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
import { ListDevicesUseCase } from './devices/list-devices.js';
import { RegisterPushSubscriptionUseCase } from './devices/register-push-subscription.js';
import { RemoveDeviceUseCase } from './devices/remove-device.js';
import { AcknowledgeMessageUseCase } from './inbox/acknowledge-message.js';
import { ListInboxUseCase } from './inbox/list-inbox.js';
import { ReportListenedUseCase } from './inbox/report-listened.js';

/** What may be asked of an agent's inbox and devices. */
@Controller()
export class NotificationsRpc {
  constructor(
    private readonly acknowledgeMessage: AcknowledgeMessageUseCase,
    private readonly reportListened: ReportListenedUseCase,
    private readonly listInbox: ListInboxUseCase,
    private readonly registerPush: RegisterPushSubscriptionUseCase,
    private readonly listDevices: ListDevicesUseCase,
    private readonly removeDevice: RemoveDeviceUseCase,
  ) {}

  @OnRpc(AcknowledgeMessage)
  acknowledge(request: AcknowledgeMessageRequest, { organizationId, tx }: RpcContext): Promise<InboxMessage> {
    return this.acknowledgeMessage.execute(organizationId, request, tx);
  }

  @OnRpc(ReportListened)
  listened(request: ReportListenedRequest, { organizationId, tx }: RpcContext): Promise<InboxMessage> {
    return this.reportListened.execute(organizationId, request, tx);
  }

  @OnRpc(ListInbox)
  list(request: ListInboxRequest, { organizationId }: QueryContext): Promise<InboxPage> {
    return this.listInbox.execute(organizationId, request);
  }

  @OnRpc(RegisterPushSubscription)
  registerPushSubscription(
    request: PushSubscriptionInput,
    { organizationId, tx }: RpcContext,
  ): Promise<PushSubscription> {
    return this.registerPush.execute(organizationId, request, tx);
  }

  @OnRpc(ListDevices)
  devices(request: ListDevicesRequest, { organizationId }: QueryContext): Promise<DeviceList> {
    return this.listDevices.execute(organizationId, request);
  }

  @OnRpc(RemoveDevice)
  remove(request: RemoveDeviceRequest, { organizationId, tx }: RpcContext): Promise<DevicePayload> {
    return this.removeDevice.execute(organizationId, request, tx);
  }
}
