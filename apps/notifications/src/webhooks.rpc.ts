import { Controller } from '@nestjs/common';
import {
  ChangeWebhookEndpointRpc,
  CreateWebhookEndpointRpc,
  DeleteWebhookEndpointRpc,
  GetWebhookEndpointRpc,
  ListWebhookDeliveriesRpc,
  ListWebhookEndpointsRpc,
  ReplayWebhookRpc,
  RotateWebhookSecretRpc,
  type ChangeWebhookEndpointRequest,
  type DeleteWebhookEndpointRequest,
  type GetWebhookEndpointRequest,
  type ListWebhookDeliveriesRequest,
  type ListWebhookEndpointsRequest,
  type ReplayWebhookRequest,
  type RotateWebhookSecretRequest,
  type WebhookDelivery,
  type WebhookDeliveryPage,
  type WebhookEndpoint,
  type WebhookEndpointDeletedPayload,
  type WebhookEndpointInput,
  type WebhookEndpointPage,
  type WebhookEndpointWithSecret,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { ChangeWebhookE } from './webhooks/change-webhook-endpoint.js';
import { CreateWebhookE } from './webhooks/create-webhook-endpoint.js';
import { DeleteWebhookE } from './webhooks/delete-webhook-endpoint.js';
import { ListWebhookDel } from './webhooks/list-webhook-deliveries.js';
import { ListWebhookEn } from './webhooks/list-webhook-endpoints.js';
import { Replay } from './webhooks/replay-webhook.js';
import { RotateWebhoo } from './webhooks/rotate-webhook-secret.js';

/** What may be asked of partners' webhook endpoints. */
@Controller()
export class WebhooksRpc {
  constructor(
    private readonly createEndpoint: CreateWebhookE,
    private readonly endpoints: ListWebhookEn,
    private readonly changeEndpoint: ChangeWebhookE,
    private readonly rotateSecret: RotateWebhoo,
    private readonly deleteEndpoint: DeleteWebhookE,
    private readonly listDeliveries: ListWebhookDel,
    private readonly replayWebhook: Replay,
  ) {}

  @OnRpc(CreateWebhookEndpointRpc)
  create(request: WebhookEndpointInput, { organizationId, tx }: RpcContext): Promise<WebhookEndpointWithSecret> {
    return this.createEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(ListWebhookEndpointsRpc)
  list(request: ListWebhookEndpointsRequest, { organizationId }: QueryContext): Promise<WebhookEndpointPage> {
    return this.endpoints.execute(organizationId, request);
  }

  @OnRpc(GetWebhookEndpointRpc)
  get({ endpointId }: GetWebhookEndpointRequest, { organizationId }: QueryContext): Promise<WebhookEndpoint> {
    return this.endpoints.one(organizationId, endpointId);
  }

  @OnRpc(ChangeWebhookEndpointRpc)
  change(request: ChangeWebhookEndpointRequest, { organizationId, tx }: RpcContext): Promise<WebhookEndpoint> {
    return this.changeEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(RotateWebhookSecretRpc)
  rotate(request: RotateWebhookSecretRequest, { organizationId, tx }: RpcContext): Promise<WebhookEndpointWithSecret> {
    return this.rotateSecret.execute(organizationId, request, tx);
  }

  @OnRpc(DeleteWebhookEndpointRpc)
  remove(
    request: DeleteWebhookEndpointRequest,
    { organizationId, tx }: RpcContext,
  ): Promise<WebhookEndpointDeletedPayload> {
    return this.deleteEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(ListWebhookDeliveriesRpc)
  deliveries(request: ListWebhookDeliveriesRequest, { organizationId }: QueryContext): Promise<WebhookDeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }

  @OnRpc(ReplayWebhookRpc)
  replay(request: ReplayWebhookRequest, { organizationId, tx }: RpcContext): Promise<WebhookDelivery> {
    return this.replayWebhook.execute(organizationId, request, tx);
  }
}
