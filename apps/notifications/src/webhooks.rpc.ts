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
import { ChangeWebhookEndpoint } from './webhooks/change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from './webhooks/create-webhook-endpoint.js';
import { DeleteWebhookEndpoint } from './webhooks/delete-webhook-endpoint.js';
import { ListWebhookDeliveries } from './webhooks/list-webhook-deliveries.js';
import { ListWebhookEndpoints } from './webhooks/list-webhook-endpoints.js';
import { ReplayWebhook } from './webhooks/replay-webhook.js';
import { RotateWebhookSecret } from './webhooks/rotate-webhook-secret.js';

/** What may be asked of partners' webhook endpoints. */
@Controller()
export class WebhooksRpc {
  constructor(
    private readonly createEndpoint: CreateWebhookEndpoint,
    private readonly endpoints: ListWebhookEndpoints,
    private readonly changeEndpoint: ChangeWebhookEndpoint,
    private readonly rotateSecret: RotateWebhookSecret,
    private readonly deleteEndpoint: DeleteWebhookEndpoint,
    private readonly listDeliveries: ListWebhookDeliveries,
    private readonly replayWebhook: ReplayWebhook,
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
