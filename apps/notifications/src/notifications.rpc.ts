import { Controller, Inject } from '@nestjs/common';
import {
  AcknowledgeMessage,
  CreateWebhookEndpoint,
  ListInbox,
  RegisterPushSubscription,
  type AcknowledgeMessageRequest,
  type InboxMessage,
  type InboxPage,
  type ListInboxRequest,
  type PushSubscription,
  type PushSubscriptionInput,
  type WebhookEndpoint,
  type WebhookEndpointInput,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { RegisterPushSubscriptionUseCase } from './devices/register-push-subscription.js';
import { AcknowledgeMessageUseCase } from './inbox/acknowledge-message.js';
import { ListInboxUseCase } from './inbox/list-inbox.js';
import { CreateWebhookEndpointUseCase } from './webhooks/create-webhook-endpoint.js';

/** What other apps may ask of this one. */
@Controller()
export class NotificationsRpc {
  constructor(
    @Inject(AcknowledgeMessageUseCase) private readonly acknowledgeMessage: AcknowledgeMessageUseCase,
    @Inject(ListInboxUseCase) private readonly listInbox: ListInboxUseCase,
    @Inject(RegisterPushSubscriptionUseCase) private readonly registerPush: RegisterPushSubscriptionUseCase,
    @Inject(CreateWebhookEndpointUseCase) private readonly createEndpoint: CreateWebhookEndpointUseCase,
  ) {}

  @OnRpc(AcknowledgeMessage)
  acknowledge(request: AcknowledgeMessageRequest, { organizationId, tx }: RpcContext): Promise<InboxMessage> {
    return this.acknowledgeMessage.execute(organizationId, request, tx);
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

  @OnRpc(CreateWebhookEndpoint)
  createWebhookEndpoint(request: WebhookEndpointInput, { organizationId, tx }: RpcContext): Promise<WebhookEndpoint> {
    return this.createEndpoint.execute(organizationId, request, tx);
  }
}
