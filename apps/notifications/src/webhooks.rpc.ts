import { Controller } from '@nestjs/common';
import {
  ChangeWebhookEndpoint,
  CreateWebhookEndpoint,
  DeleteWebhookEndpoint,
  GetWebhookEndpoint,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  ReplayWebhook,
  RotateWebhookSecret,
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
import { ChangeWebhookEndpointUseCase } from './webhooks/change-webhook-endpoint.js';
import { CreateWebhookEndpointUseCase } from './webhooks/create-webhook-endpoint.js';
import { DeleteWebhookEndpointUseCase } from './webhooks/delete-webhook-endpoint.js';
import { ListWebhookDeliveriesUseCase } from './webhooks/list-webhook-deliveries.js';
import { ListWebhookEndpointsUseCase } from './webhooks/list-webhook-endpoints.js';
import { ReplayWebhookUseCase } from './webhooks/replay-webhook.js';
import { RotateWebhookSecretUseCase } from './webhooks/rotate-webhook-secret.js';

/** What may be asked of partners' webhook endpoints. */
@Controller()
export class WebhooksRpc {
  constructor(
    private readonly createEndpoint: CreateWebhookEndpointUseCase,
    private readonly endpoints: ListWebhookEndpointsUseCase,
    private readonly changeEndpoint: ChangeWebhookEndpointUseCase,
    private readonly rotateSecret: RotateWebhookSecretUseCase,
    private readonly deleteEndpoint: DeleteWebhookEndpointUseCase,
    private readonly listDeliveries: ListWebhookDeliveriesUseCase,
    private readonly replayWebhook: ReplayWebhookUseCase,
  ) {}

  @OnRpc(CreateWebhookEndpoint)
  create(request: WebhookEndpointInput, { organizationId, tx }: RpcContext): Promise<WebhookEndpointWithSecret> {
    return this.createEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(ListWebhookEndpoints)
  list(request: ListWebhookEndpointsRequest, { organizationId }: QueryContext): Promise<WebhookEndpointPage> {
    return this.endpoints.execute(organizationId, request);
  }

  @OnRpc(GetWebhookEndpoint)
  get({ endpointId }: GetWebhookEndpointRequest, { organizationId }: QueryContext): Promise<WebhookEndpoint> {
    return this.endpoints.one(organizationId, endpointId);
  }

  @OnRpc(ChangeWebhookEndpoint)
  change(request: ChangeWebhookEndpointRequest, { organizationId, tx }: RpcContext): Promise<WebhookEndpoint> {
    return this.changeEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(RotateWebhookSecret)
  rotate(request: RotateWebhookSecretRequest, { organizationId, tx }: RpcContext): Promise<WebhookEndpointWithSecret> {
    return this.rotateSecret.execute(organizationId, request, tx);
  }

  @OnRpc(DeleteWebhookEndpoint)
  remove(
    request: DeleteWebhookEndpointRequest,
    { organizationId, tx }: RpcContext,
  ): Promise<WebhookEndpointDeletedPayload> {
    return this.deleteEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(ListWebhookDeliveries)
  deliveries(request: ListWebhookDeliveriesRequest, { organizationId }: QueryContext): Promise<WebhookDeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }

  @OnRpc(ReplayWebhook)
  replay(request: ReplayWebhookRequest, { organizationId, tx }: RpcContext): Promise<WebhookDelivery> {
    return this.replayWebhook.execute(organizationId, request, tx);
  }
}
